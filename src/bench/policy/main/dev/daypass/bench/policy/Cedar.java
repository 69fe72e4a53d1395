package dev.daypass.bench.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.util.List;
import java.util.Map;

/// Cedar through its Java binding. `cached` keeps the parsed policies on its native side, which a
/// caller must ask for; otherwise they cross over with every request.
final class Cedar implements Engine {
  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private final PolicySet policies;
  private final List<AuthorizationRequest> questions;
  private final Entities entities = new Entities();

  Cedar(Workload workload, boolean cached) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int team = 0; team < workload.policies(); team++) {
      text.append(team(workload, team));
    }
    this.policies = PolicySet.parsePolicies(text.toString());
    if (cached) {
      policies.cache();
    }
    this.questions = workload.questions().stream().map(Cedar::request).toList();
  }

  private static String team(Workload workload, int team) {
    return """
    permit(principal, action in [Action::"GetObject", Action::"PutObject", Action::"DeleteObject"], resource)
    when { context.path like "%s" && context.team == "%s" && context.address.isInRange(ip("%s")) };
    forbid(principal, action == Action::"DeleteObject", resource) when { context.path like "%s" };
    """
        .formatted(
            workload.folder(team), Workload.name(team), Workload.NETWORK, workload.kept(team));
  }

  private static AuthorizationRequest request(Workload.Question question) {
    Map<String, Value> context =
        Map.of(
            "path", new PrimString(question.path()),
            "team", new PrimString(question.team()),
            "address", new IpAddress(question.address()));
    return new AuthorizationRequest(
        uid("User::\"worker\""),
        uid("Action::\"" + question.action() + "\""),
        uid("Object::\"object\""),
        context);
  }

  private static EntityUID uid(String text) {
    return EntityUID.parse(text).orElseThrow();
  }

  @Override
  public boolean allowed(int question) {
    try {
      return engine
          .isAuthorized(questions.get(question), policies, entities)
          .success
          .orElseThrow()
          .isAllowed();
    } catch (com.cedarpolicy.model.exception.AuthException e) {
      throw new IllegalStateException(e);
    }
  }
}
