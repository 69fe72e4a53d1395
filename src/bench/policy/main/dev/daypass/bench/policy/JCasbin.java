package dev.daypass.bench.policy;

import java.util.List;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/// jCasbin with a model that says the same: allow and deny, a pattern over paths, a team, a
/// network. Where a prefix will do it is given the function for prefixes, which is its fastest; its
/// glob does not cross a slash, so that patterns with leading wildcards are regular expressions.
final class JCasbin implements Engine {
  private static final String MODEL =
      """
      [request_definition]
      r = act, path, team, address
      [policy_definition]
      p = act, path, team, network, eft
      [policy_effect]
      e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
      [matchers]
      m = (p.team == "*" || r.team == p.team) && %s(r.path, p.path) && regexMatch(r.act, p.act) && ipMatch(r.address, p.network)
      """;

  private final Enforcer enforcer;
  private final List<Workload.Question> questions;

  JCasbin(Workload workload) {
    Model model = new Model();
    model.loadModelFromText(
        MODEL.formatted(workload.leadingWildcard() ? "regexMatch" : "keyMatch"));
    this.enforcer = new Enforcer(model);
    enforcer.enableLog(false);
    for (int team = 0; team < workload.policies(); team++) {
      enforcer.addPolicy(
          "^(GetObject|PutObject|DeleteObject)$",
          pattern(workload, workload.folder(team)),
          Workload.name(team),
          Workload.NETWORK,
          "allow");
      enforcer.addPolicy(
          "^DeleteObject$", pattern(workload, workload.kept(team)), "*", "0.0.0.0/0", "deny");
    }
    this.questions = workload.questions();
  }

  private static String pattern(Workload workload, String glob) {
    return workload.leadingWildcard() ? "^" + glob.replace("*", ".*") + "$" : glob;
  }

  @Override
  public boolean allowed(int question) {
    Workload.Question asked = questions.get(question);
    return enforcer.enforce(asked.action(), asked.path(), asked.team(), asked.address());
  }
}
