package dev.daypass.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.client.store.Passphrases;
import dev.daypass.client.store.Programs;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.client.store.Stores;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
  private static final SignIn SIGN_IN = signIn("https://one.example.com", "the-token");
  private static final Credentials CREDENTIALS =
      new Credentials(
          "ASIAEXAMPLE", Secret.of("s"), Secret.of("t"), NOW.plus(Duration.ofHours(1)), "arn:role");

  @TempDir Path folder;
  private Secret passphrase = Secret.of("correct horse");

  private final Passphrases passphrases =
      new Passphrases() {
        @Override
        public Secret known() {
          return passphrase;
        }

        @Override
        public Secret chosen() {
          return passphrase;
        }
      };

  private static SignIn signIn(String server, String token) {
    return new SignIn(
        URI.create(server), Secret.of(token), NOW.plus(Duration.ofHours(8)), "arn:alice", true);
  }

  private Stores stores() {
    return new Stores(folder, new Programs(""), passphrases);
  }

  private Profile profile() {
    return new Profile(folder, stores());
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void a_sign_in_is_remembered_without_its_token_beside_it() throws IOException {
    assertThat(profile().signIn()).isEmpty();

    profile().keep(SIGN_IN, stores().encryptedFile());

    assertThat(profile().signIn()).contains(SIGN_IN);
    assertThat(profile().server()).contains(SIGN_IN.server());
    assertThat(profile().remembered().orElseThrow().place()).contains("vault.json");
    assertThat(text("sign-in.json")).contains("encrypted-file").doesNotContain("the-token");
    assertThat(text("vault.json")).doesNotContain("the-token");
  }

  @Test
  void the_store_of_before_forgets_it() throws IOException {
    profile().keep(SIGN_IN, stores().insecureFile());
    assertThat(text("secrets.json")).contains("the-token");

    profile().keep(SIGN_IN, stores().encryptedFile());

    assertThat(text("secrets.json")).doesNotContain("the-token");
    assertThat(profile().signIn()).contains(SIGN_IN);
  }

  @Test
  void the_broker_of_before_is_forgotten_with_its_sessions() throws IOException {
    profile().keep(SIGN_IN, stores().insecureFile());
    profile().credentials("a purpose", _ -> true, () -> CREDENTIALS);
    assertThat(profile().credentials("a purpose")).contains(CREDENTIALS);

    profile().keep(signIn("https://other.example.com", "another"), stores().insecureFile());

    assertThat(text("secrets.json")).contains("another").doesNotContain("the-token");
    assertThat(profile().credentials("a purpose")).isEmpty();
  }

  @Test
  void a_sign_in_that_cannot_be_kept_leaves_what_there_was() throws IOException {
    profile().keep(SIGN_IN, stores().insecureFile());
    stores().encryptedFile().keep("x", Secret.of("y"));
    passphrase = Secret.of("another one");

    assertThatThrownBy(
            () ->
                profile()
                    .keep(signIn("https://o.example.com", "o"), stores().open("encrypted-file")))
        .isInstanceOf(StoreUnavailable.class);

    assertThat(profile().signIn()).contains(SIGN_IN);
  }

  @Test
  void forgetting_takes_token_and_sessions_away() throws IOException {
    profile().keep(SIGN_IN, stores().insecureFile());
    profile().credentials("a purpose", _ -> true, () -> CREDENTIALS);

    profile().forget();

    assertThat(profile().signIn()).isEmpty();
    assertThat(profile().credentials("a purpose")).isEmpty();
    assertThat(text("secrets.json")).doesNotContain("the-token");
    assertThat(folder.resolve("sign-in.json")).doesNotExist();
  }

  @Test
  void a_token_that_its_store_has_lost_is_no_sign_in() throws IOException {
    profile().keep(SIGN_IN, stores().insecureFile());
    Files.delete(folder.resolve("secrets.json"));

    assertThat(profile().signIn()).isEmpty();
  }

  @Test
  void a_token_that_lies_where_nobody_looks_any_more_is_no_sign_in() throws IOException {
    Files.writeString(
        folder.resolve("sign-in.json"),
        "{\"server\": \"https://x\", \"token\": \"t\", \"expiresAt\": \"2099-01-01T00:00:00Z\", \"arn\": \"a\", \"mfa\": true}");

    assertThat(profile().signIn()).isEmpty();
  }

  @Test
  void a_store_that_is_made_up_is_refused() throws IOException {
    profile().keep(SIGN_IN, stores().insecureFile());
    Files.writeString(
        folder.resolve("sign-in.json"),
        text("sign-in.json").replace("insecure-file", "helper:../x"));

    assertThatThrownBy(() -> profile().signIn()).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void many_who_need_credentials_at_once_open_one_session() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Set<Credentials> got = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.submit(
            () ->
                got.add(
                    profile()
                        .credentials(
                            "a purpose",
                            is -> is.lastFor(Duration.ofMinutes(1), NOW),
                            () -> {
                              opened.incrementAndGet();
                              return CREDENTIALS;
                            })));
      }
    }
    assertThat(got).containsExactly(CREDENTIALS);
    assertThat(opened).hasValue(1);
  }

  @Test
  void credentials_that_will_not_do_any_more_are_opened_anew_and_kept_where_that_fails() {
    profile().credentials("a purpose", _ -> true, () -> CREDENTIALS);

    assertThatThrownBy(
            () ->
                profile()
                    .credentials(
                        "a purpose",
                        _ -> false,
                        () -> {
                          throw new BrokerUnreachable("https://one.example.com", "away");
                        }))
        .isInstanceOf(BrokerUnreachable.class);

    assertThat(profile().credentials("a purpose")).contains(CREDENTIALS);
  }
}
