"""Cases: the queue, one case, what is done with it, and search."""

from reviewflow.services.access import check_reviewer
from reviewflow.services.accounts.tokens import Scope
from reviewflow.services.case.case_view import view_of
from reviewflow.services.case.dossier import dossier
from reviewflow.services.queue.lists import lines_of, list_cases
from reviewflow.services.queue.search import find_cases
from reviewflow.services.review.acts import sign_case
from reviewflow.web.api.answers import ActionAnswer, CaseAnswer, CaseText, QueueAnswer, SearchAnswer
from reviewflow.web.api.operation import operation
from reviewflow.web.api.questions import ActionBody, CaseQuery, QueueQuery, SearchQuery
from reviewflow.web.api.tokens import ApiRequest
from reviewflow.web.forms.intent import intent_from
from reviewflow.web.forms.queue_filters import filters_from
from reviewflow.web.office import office

_SIZE = 50


@operation("GET", "/queue", "队列，每页 50 件", Scope.READ)
def queue(request: ApiRequest, query: QueueQuery) -> QueueAnswer:
    """A page of the queue, in its order."""
    page = list_cases(office(), request.actor, filters_from(request.GET), query.after, _SIZE)
    return QueueAnswer.model_validate(page)


@operation("GET", "/cases/{case_id}", "一件：文件、机器建议、经过、先例、可以做什么", Scope.READ)
def case(request: ApiRequest, query: CaseQuery, case_id: int) -> CaseAnswer:
    """One case, with its text where that is asked for."""
    opened = dossier(office(), request.actor, case_id)
    text = CaseText.model_validate(opened) if query.text == "1" else None
    return CaseAnswer.of(view_of(office(), request.actor, opened), text)


@operation("POST", "/cases/{case_id}/actions", "办理一件：签字、变更、退回、报请等", Scope.SIGN, name="actions")
def act(request: ApiRequest, body: ActionBody, case_id: int) -> ActionAnswer:
    """Do one thing with a case."""
    fields = body.model_dump(mode="json", exclude_none=True, exclude={"bases"})
    fields = {name: str(value) for name, value in fields.items()}
    signed = sign_case(office(), request.actor, case_id, intent_from(fields, body.bases), body.version)
    row = signed.row
    return ActionAnswer.model_validate(
        {"id": row.pk, "version": row.version, "stage": row.stage, "number": signed.number}
    )


@operation("GET", "/search", "按标题或正文查找，每页 20 件", Scope.READ)
def search(request: ApiRequest, query: SearchQuery) -> SearchAnswer:
    """Cases by their title or text, newest document first."""
    check_reviewer(request.actor)
    page = find_cases(office(), request.actor, query.text, query.page)
    lines = lines_of(office(), request.actor, [row.pk for row in page.cases])
    return SearchAnswer.model_validate({"cases": lines, "page": page.number, "more": page.more})
