package dev.daypass.broker.bootstrap;

import dev.daypass.desired.Desired;
import dev.daypass.desired.DesiredFiles;
import dev.daypass.desired.DesiredReader;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.NewUserName;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Runs the first start and tells the person at the terminal, once, what to do next.
@Singleton
final class Welcome {
  private final FirstStart firstStart;
  private final BootstrapConfig config;
  private final int port;

  Welcome(
      FirstStart firstStart,
      BootstrapConfig config,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    this.firstStart = firstStart;
    this.config = config;
    this.port = port;
  }

  void start(@Observes @Priority(100) StartupEvent started) throws Throwable {
    FirstKey firstKey = FirstKey.of(config.bootstrap());
    Optional<String> account = config.accountId();
    if (account.isPresent() && !account.get().matches("\\d{12}")) {
      throw new IllegalStateException("DAYPASS_ACCOUNT_ID must be 12 digits");
    }
    Optional<FirstStart.Made> made =
        VertxContextSupport.subscribeAndAwait(
            () -> firstStart.make(firstKey, account, this::files));
    made.ifPresent(this::show);
    if (config.recoverAdmin().isPresent()) {
      NewUserName name = administrator(config.recoverAdmin().get());
      show(VertxContextSupport.subscribeAndAwait(() -> firstStart.recover(name)));
    }
  }

  private static NewUserName administrator(String text) {
    try {
      return new NewUserName(text);
    } catch (ConstraintViolation e) {
      throw new IllegalStateException("DAYPASS_RECOVER_ADMIN must be a user's name", e);
    }
  }

  private Optional<Desired> files() {
    return config.bootstrap().files().map(place -> DesiredReader.read(DesiredFiles.read(place)));
  }

  /// The one place where these secrets are ever written.
  private void show(FirstStart.Made made) {
    String url = "http://127.0.0.1:" + port;
    String key =
        made.keyGiven()
            ? "  Access key     " + made.key().accessKeyId() + " (as you gave it)\n\n"
            : """
                To use the AWS CLI as this administrator:

                  export AWS_ACCESS_KEY_ID=%s
                  export AWS_SECRET_ACCESS_KEY=%s
                  export AWS_DEFAULT_REGION=us-east-1
                  aws --endpoint-url %s sts get-caller-identity

              """
                .formatted(
                    made.key().accessKeyId(), made.key().secretAccessKey().revealText(), url);
    System.out.printf(
        """

        ────────────────────────────────────────────────────────────────────────────
          Daypass is ready. This is shown once: keep it safe.

          Account        %s
          Sign-in name   %s

          To sign in as a person, choose a password and connect an app first. The
          link is good for an hour, and once:

            %s

        %s────────────────────────────────────────────────────────────────────────────

        """,
        made.account(), made.userName(), made.link().revealText(), key);
  }

  private static void show(FirstStart.Recovered recovered) {
    System.out.printf(
        """

        ────────────────────────────────────────────────────────────────────────────
          %s is an administrator of account %s, and begins anew here. The link is
          good for an hour, and once; the devices there were are gone then:

            %s

          Start without DAYPASS_RECOVER_ADMIN the next time.
        ────────────────────────────────────────────────────────────────────────────

        """,
        recovered.userName(), recovered.account(), recovered.link().revealText());
  }
}
