package dev.daypass.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/// Another server that gives credentials out, which `peers.sh` has started and says where it is.
record Peer(String name, int port, ProcessHandle process, IntFunction<List<Signing.Signed>> load) {
  /// Keycloak is sent so many times fewer requests in a round, which take it as long.
  private static final int SLOWER = 5;

  /// Those that the environment names: `KEYCLOAK` and `RADOSGW`, each a port and a process id.
  static List<Peer> all(Map<String, String> environment) {
    List<Peer> peers = new ArrayList<>();
    if (environment.containsKey("KEYCLOAK")) {
      peers.add(peer("Keycloak client credentials", environment.get("KEYCLOAK"), Peer::keycloak));
    }
    if (environment.containsKey("RADOSGW")) {
      peers.add(peer("radosgw AssumeRole", environment.get("RADOSGW"), Peer::radosgw));
    }
    return peers;
  }

  private interface Requests {
    List<Signing.Signed> of(int port, int count);
  }

  private static Peer peer(String name, String place, Requests requests) {
    String[] parts = place.split(" ");
    int port = Integer.parseInt(parts[0]);
    ProcessHandle process = ProcessHandle.of(Long.parseLong(parts[1])).orElseThrow();
    return new Peer(name, port, process, count -> requests.of(port, count));
  }

  List<Signing.Signed> requests(int count) {
    return load.apply(count);
  }

  /// A service asks for a token of its own (RFC 6749 §4.4).
  private static List<Signing.Signed> keycloak(int port, int count) {
    byte[] body =
        "grant_type=client_credentials&client_id=bench&client_secret=%s"
            .formatted(Setup.SECRET.replace("/", "%2F"))
            .getBytes(StandardCharsets.UTF_8);
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(new Signing(port).server("/realms/bench/protocol/openid-connect/token"))
            .putHeader("Content-Type", "application/x-www-form-urlencoded")
            .build();
    return Collections.nCopies(count / SLOWER, new Signing.Signed(request, body));
  }

  private static List<Signing.Signed> radosgw(int port, int count) {
    Setup.Caller caller =
        new Setup.Caller(Setup.KEY_ID, Setup.SECRET, "", "arn:aws:iam:::role/bench");
    return new Signing(port).assumeRole(caller, count);
  }
}
