"""Where every page stands. Each page's module says who may see it; each action is a POST."""

from django.urls import include, path

from reviewflow.web.http import failures
from reviewflow.web.pages import (
    audit,
    case,
    catalogue,
    entry,
    health,
    help,
    model,
    my_account,
    people,
    queue,
    register,
    review_form,
    rules,
    sign_in,
    start_page,
    upload,
)

urlpatterns = [
    path("", start_page.workbench, name="workbench"),
    path("queue/", queue.queue, name="queue"),
    path("queue/confirm", queue.confirm, name="confirm"),
    path("queue/sign", queue.sign, name="sign"),
    path("cases/<int:case_id>/", case.case, name="case"),
    path("cases/<int:case_id>/act", case.act, name="act"),
    path("cases/<int:case_id>/original", case.original_file, name="original"),
    path("cases/<int:case_id>/pages/<int:number>.png", case.page_picture, name="page-picture"),
    path("cases/<int:case_id>/form.<str:form>", review_form.review_form, name="review-form"),
    path("upload/", upload.upload, name="upload"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/export", catalogue.export, name="catalogue-export"),
    path("catalogue/<int:number>/", entry.entry, name="entry"),
    path("catalogue/<int:number>/amend", entry.amend, name="amend-entry"),
    path("catalogue/<int:number>/retire", entry.retire, name="retire-entry"),
    path("catalogue/<int:number>/publish", entry.publish, name="publish-entry"),
    path("catalogue/<int:number>/withdraw", entry.withdraw, name="withdraw-publication"),
    path("register/", register.register, name="register"),
    path("register/export", register.export, name="register-export"),
    path("rules/", rules.rules, name="rules"),
    path("rules/try", rules.try_rules, name="try-rules"),
    path("rules/<str:rule_id>/", rules.rule, name="rule"),
    path("model/", model.model, name="model"),
    path("model/report", model.report, name="model-report"),
    path("audit/", audit.audit, name="audit"),
    path("help/", help.manual, name="help"),
    path("me/", my_account.me, name="me"),
    path("me/password", my_account.password, name="password"),
    path("me/tokens", my_account.token, name="token"),
    path("me/tokens/<int:token_id>/end", my_account.end, name="end-token"),
    path("people/", people.people, name="people"),
    path("people/change", people.change, name="people-change"),
    path("healthy", health.healthy, name="healthy"),
    path("login", sign_in.login, name="login"),
    path("logout", sign_in.logout, name="logout"),
    path("api/", include("reviewflow.web.api.addresses")),
]

handler400 = failures.bad_request
handler403 = failures.bad_request
handler404 = failures.not_found
handler500 = failures.server_error
