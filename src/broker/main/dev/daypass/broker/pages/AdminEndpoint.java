package dev.daypass.broker.pages;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Where the pages of administrators are.
@Singleton
final class AdminEndpoint {
  private final Pages pages;
  private final AdminUserPages users;
  private final AdminGroupPages groups;
  private final AdminRolePages roles;
  private final AdminRoleEditPages roleEdits;
  private final AdminPolicyPages policies;
  private final AdminPolicyEditPages policyEdits;
  private final AdminRequestPages requests;
  private final AdminActivityPages activity;
  private final Drafts drafts;

  AdminEndpoint(
      Pages pages,
      AdminUserPages users,
      AdminGroupPages groups,
      AdminRolePages roles,
      AdminRoleEditPages roleEdits,
      AdminPolicyPages policies,
      AdminPolicyEditPages policyEdits,
      AdminRequestPages requests,
      AdminActivityPages activity,
      Drafts drafts) {
    this.pages = pages;
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.roleEdits = roleEdits;
    this.policies = policies;
    this.policyEdits = policyEdits;
    this.requests = requests;
    this.activity = activity;
    this.drafts = drafts;
  }

  void routes(@Observes Router router) {
    router.get("/admin").handler(context -> PagesEndpoint.redirect(context, AdminUserPages.USERS));
    users(router);
    groups(router);
    roles(router);
    policies(router);
    requests(router);
    pages.get(router.get(AdminActivityPages.ACTIVITY), activity::show);
  }

  private void users(Router router) {
    pages.get(router.get(AdminUserPages.USERS), users::users);
    pages.post(router.post(AdminUserPages.USERS), users::create);
    pages.get(router.get("/admin/user"), users::user);
    pages.post(router.post("/admin/user/link"), users::link);
    pages.post(router.post("/admin/user/end"), users::end);
    pages.post(router.post("/admin/user/join"), users::join);
    pages.post(router.post("/admin/user/leave"), users::leave);
    pages.post(router.post("/admin/user/attach"), users::attach);
    pages.post(router.post("/admin/user/detach"), users::detach);
  }

  private void groups(Router router) {
    pages.get(router.get(AdminGroupPages.GROUPS), groups::groups);
    pages.post(router.post(AdminGroupPages.GROUPS), groups::create);
    pages.get(router.get("/admin/group"), groups::group);
    pages.post(router.post("/admin/group/add"), groups::add);
    pages.post(router.post("/admin/group/remove"), groups::remove);
    pages.post(router.post("/admin/group/attach"), groups::attach);
    pages.post(router.post("/admin/group/detach"), groups::detach);
    pages.post(router.post("/admin/group/delete"), groups::delete);
  }

  private void roles(Router router) {
    pages.get(router.get(AdminRolePages.ROLES), roles::roles);
    pages.get(router.get(AdminRoleEditPages.NEW), roleEdits::begin);
    pages.postDraft(router.post(AdminRoleEditPages.NEW), roleEdits::create);
    pages.get(router.get("/admin/role"), roles::role);
    pages.post(router.post("/admin/role/attach"), roles::attach);
    pages.post(router.post("/admin/role/detach"), roles::detach);
    pages.post(router.post("/admin/role/end"), roles::end);
    pages.get(router.get(AdminRoleEditPages.TRUST), roleEdits::edit);
    pages.postDraft(router.post(AdminRoleEditPages.TRUST), roleEdits::trust);
  }

  private void policies(Router router) {
    pages.get(router.get(AdminPolicyPages.POLICIES), policies::policies);
    pages.get(router.get(AdminPolicyEditPages.NEW), policyEdits::begin);
    pages.postDraft(router.post(AdminPolicyEditPages.NEW), policyEdits::create);
    pages.get(router.get(AdminPolicyPages.POLICY), policies::policy);
    pages.get(router.get(AdminPolicyEditPages.EDIT), policyEdits::edit);
    pages.postDraft(router.post(AdminPolicyEditPages.EDIT), policyEdits::createVersion);
    pages.post(router.post("/admin/policy/default"), policies::setDefault);
    pages.post(router.post("/admin/policy/delete"), policies::deleteVersion);
    pages.postDraft(router.post(Drafts.CHECK), drafts::check);
  }

  private void requests(Router router) {
    pages.get(router.get(AdminRequestPages.REQUESTS), requests::requests);
    pages.get(router.get("/admin/request"), requests::request);
    pages.post(router.post("/admin/request/take"), requests::take);
    pages.post(router.post("/admin/request/accept"), requests::accept);
    pages.post(router.post("/admin/request/reject"), requests::reject);
    pages.post(router.post("/admin/request/send"), requests::send);
  }
}
