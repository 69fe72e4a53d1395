package dev.daypass.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// How long a page of every list takes in an account as large as AWS's quotas let it be: 5,000
/// users, 1,000 roles, 1,500 policies. Every list is walked to its end, one page after another on
/// one connection, so that what is measured is the broker's time for a page and not its queue.
final class Lists {
  private static final int USERS = 4999; // and the administrator
  private static final int ROLES = 1000;
  private static final int POLICIES = 1500;
  private static final int GROUPS = 300;
  private static final int ROUNDS = 5;
  private static final int FEWEST_PAGES = 100;
  private static final Pattern MARKER = Pattern.compile("<Marker>([^<]+)</Marker>");

  private static final String POLICY = "arn:aws:iam::" + Setup.ACCOUNT + ":policy/p-0";
  private static final String DOCUMENT =
      Signing.encode(
          """
          {"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
          """);
  private static final String TRUST =
      Signing.encode(
          """
          {"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "%s"}}}
          """
              .formatted(Setup.ACCOUNT));

  private final Load load;
  private final int port;
  private final Signing signing;

  Lists(Load load, int port) {
    this.load = load;
    this.port = port;
    this.signing = new Signing(port);
  }

  void run(ProcessHandle broker) throws Exception {
    fill(broker);
    Map<String, String> lists = lists();
    Map<String, Result> results = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int size : List.of(100, 1000)) {
        for (Map.Entry<String, String> list : lists.entrySet()) {
          results
              .computeIfAbsent(list.getKey() + " by " + size, _ -> new Result())
              .add(measure(broker, list.getValue() + "&MaxItems=" + size));
        }
      }
    }
    report(results);
  }

  private Map<String, String> lists() throws Exception {
    Map<String, String> lists = new LinkedHashMap<>();
    for (String action :
        List.of(
            "ListUsers",
            "ListRoles",
            "ListGroups",
            "ListPolicies",
            "ListInstanceProfiles",
            "ListVirtualMFADevices",
            "GetAccountAuthorizationDetails")) {
      lists.put(action, "Action=" + action);
    }
    lists.put("ListUsers, one path", "Action=ListUsers&PathPrefix=/people/");
    lists.put("ListPolicies, attached", "Action=ListPolicies&OnlyAttached=true");
    lists.put("GetGroup", "Action=GetGroup&GroupName=g-0");
    lists.put("ListEntitiesForPolicy", "Action=ListEntitiesForPolicy&PolicyArn=" + POLICY);
    String job =
        Setup.text(
            send(
                "Action=GenerateServiceLastAccessedDetails&Granularity=ACTION_LEVEL&Arn=" + POLICY),
            "JobId");
    lists.put(
        "GetServiceLastAccessedDetailsWithEntities",
        "Action=GetServiceLastAccessedDetailsWithEntities&ServiceNamespace=s3&JobId=" + job);
    return lists;
  }

  private void fill(ProcessHandle broker) throws Exception {
    make(broker, USERS, "Action=CreateUser&UserName=u-%d&Path=/people/");
    make(broker, GROUPS, "Action=CreateGroup&GroupName=g-%d");
    make(
        broker,
        POLICIES,
        "Action=CreatePolicy&PolicyName=p-%d&PolicyDocument=" + escaped(DOCUMENT));
    make(
        broker,
        ROLES,
        "Action=CreateRole&RoleName=r-%d&AssumeRolePolicyDocument=" + escaped(TRUST));
    make(broker, ROLES, "Action=CreateInstanceProfile&InstanceProfileName=i-%d");
    make(
        broker,
        ROLES,
        "Action=AddRoleToInstanceProfile&InstanceProfileName=i-%1$d&RoleName=r-%1$d");
    make(broker, 1000, "Action=AddUserToGroup&GroupName=g-0&UserName=u-%d");
    make(broker, 1000, "Action=CreateVirtualMFADevice&VirtualMFADeviceName=d-%d");
    make(broker, USERS, "Action=AttachUserPolicy&UserName=u-%d&PolicyArn=" + POLICY);
    make(
        broker,
        ROLES,
        "Action=PutRolePolicy&RoleName=r-%d&PolicyName=inline&PolicyDocument=" + escaped(DOCUMENT));
  }

  private static String escaped(String encoded) {
    return encoded.replace("%", "%%");
  }

  private void make(ProcessHandle broker, int count, String body) throws Exception {
    load.run(
        port, IntStream.range(0, count).mapToObj(i -> sign(body.formatted(i))).toList(), broker);
  }

  private Signing.Signed sign(String body) {
    return signing.sign(Setup.KEY_ID, Setup.SECRET, "iam", body + "&Version=2010-05-08");
  }

  /// The first walk only warms up.
  private Load.Run measure(ProcessHandle broker, String body) throws Exception {
    walk(body);
    List<Long> nanos = new ArrayList<>();
    double cpuBefore = Load.cpuSeconds(broker);
    long begun = System.nanoTime();
    while (nanos.size() < FEWEST_PAGES) {
      nanos.addAll(walk(body));
    }
    return Load.Run.of(
        nanos.stream().mapToLong(Long::longValue).toArray(),
        (System.nanoTime() - begun) / 1e9,
        Load.cpuSeconds(broker) - cpuBefore);
  }

  private static void report(Map<String, Result> results) {
    System.out.printf(
        Locale.ROOT, "%-54s %10s %10s %14s%n", "", "p50 ms", "p99 ms", "CPU ms a page");
    results.forEach(
        (name, result) ->
            System.out.printf(
                Locale.ROOT,
                "%-54s %10.1f %10.1f %14.1f%n",
                name,
                result.p50(),
                result.p99(),
                result.cpuPerThousand()));
    System.out.printf(
        Locale.ROOT,
        "medians of %d rounds of %d pages or more each, one after another%n",
        ROUNDS,
        FEWEST_PAGES);
  }

  private List<Long> walk(String body) throws Exception {
    List<Long> nanos = new ArrayList<>();
    String marker = "";
    do {
      Signing.Signed request = sign(body + marker);
      long begun = System.nanoTime();
      String page = send(request);
      nanos.add(System.nanoTime() - begun);
      Matcher next = MARKER.matcher(page);
      marker = next.find() ? "&Marker=" + Signing.encode(next.group(1)) : "";
    } while (!marker.isEmpty());
    return nanos;
  }

  private String send(String body) throws Exception {
    return send(sign(body));
  }

  private String send(Signing.Signed request) throws Exception {
    return load.send(port, request).toCompletionStage().toCompletableFuture().get();
  }
}
