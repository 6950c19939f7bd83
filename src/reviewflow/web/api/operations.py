"""The operations of the interface; its addresses and its description are made of this table."""

from functools import cache

from django.http import HttpResponseBase, JsonResponse
from pydantic import JsonValue

from reviewflow.services.accounts.tokens import Scope
from reviewflow.web.api import case_endpoints, catalogue_endpoints, document_endpoints
from reviewflow.web.api.answers import (
    ActionAnswer,
    CaseAnswer,
    CatalogueAnswer,
    PersonAnswer,
    QueueAnswer,
    SearchAnswer,
    SubmitAnswer,
)
from reviewflow.web.api.openapi import document
from reviewflow.web.api.operation import Operation
from reviewflow.web.api.questions import ActionBody, CaseQuery, CatalogueQuery, DocumentForm, QueueQuery, SearchQuery
from reviewflow.web.api.schemas import NoQuery
from reviewflow.web.api.tokens import ApiRequest


def _me(request: ApiRequest, _: NoQuery) -> PersonAnswer:
    """The token's person and scopes."""
    actor, scopes = request.actor, sorted(request.scopes, key=lambda scope: str(scope.value))
    return PersonAnswer.model_validate({"name": actor.name, "roles": actor.held, "scopes": scopes})


def _description(request: ApiRequest, _: NoQuery) -> HttpResponseBase:
    """The OpenAPI document."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})


OPERATIONS = (
    Operation(
        "GET", "/openapi.json", "description", "这份说明，不需要令牌", _description, {200: None}, open_to_all=True
    ),
    Operation("GET", "/me", "me", "令牌属于谁，能做什么", _me, {200: PersonAnswer}),
    Operation(
        "POST",
        "/documents",
        "submit",
        "提交一份文件，排入队列：新收的答 201，以前提交过的答 200",
        document_endpoints.submit,
        {200: SubmitAnswer, 201: SubmitAnswer},
        (Scope.SUBMIT,),
        body=DocumentForm,
        body_type="multipart/form-data",
    ),
    Operation(
        "GET",
        "/queue",
        "queue",
        "队列，每页 50 件",
        case_endpoints.queue,
        {200: QueueAnswer},
        (Scope.READ,),
        query=QueueQuery,
    ),
    Operation(
        "GET",
        "/cases/{case_id}",
        "case",
        "一件：文件、机器建议、经过、先例、可以做什么",
        case_endpoints.case,
        {200: CaseAnswer},
        (Scope.READ,),
        query=CaseQuery,
    ),
    Operation(
        "POST",
        "/cases/{case_id}/actions",
        "actions",
        "办理一件：签字、变更、退回、报请等",
        case_endpoints.action,
        {200: ActionAnswer},
        (Scope.SIGN,),
        body=ActionBody,
    ),
    Operation(
        "GET",
        "/search",
        "search",
        "按标题或正文查找，每页 20 件",
        case_endpoints.search,
        {200: SearchAnswer},
        (Scope.READ,),
        query=SearchQuery,
    ),
    Operation(
        "GET",
        "/catalogue",
        "catalogue",
        "公开目录，每页 50 条；写明 format 则给出文件，记入审计链",
        catalogue_endpoints.catalogue,
        {200: CatalogueAnswer},
        (Scope.READ, Scope.EXPORT),
        query=CatalogueQuery,
        sends_files=True,
    ),
)


@cache
def described() -> dict[str, JsonValue]:
    """The OpenAPI document, made once."""
    return document(OPERATIONS)
