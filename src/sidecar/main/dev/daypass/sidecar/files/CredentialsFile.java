package dev.daypass.sidecar.files;

import dev.daypass.client.aws.ProfileFile;
import dev.daypass.client.aws.ProfileText;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.sidecar.files.FileWatcher.Done;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.sidecar.keeping.RefreshPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Keeps one profile of a credentials file as its [Keeper] is: written when there are credentials,
/// taken out when they are revoked or have expired, put back when somebody else changed it.
///
/// It has a thread of its own, which is no virtual one: a disk that hangs holds nothing else up.
final class CredentialsFile implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  /// For what happens without anybody telling: credentials expire.
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final ProfilePlace place;
  private final ProfileFile file;
  private final KeptProfile profile;
  private final Keeper keeper;
  private final Around around;
  private final Thread thread;
  private String settled = "";
  private boolean written;
  private long nextLook = System.nanoTime();
  private int failures;
  private boolean closed;

  /// What every file needs.
  ///
  /// @param chance numbers from 0 to 1
  record Around(BrokerClock clock, DoubleSupplier chance, FileWatcher watcher) {}

  private CredentialsFile(ProfilePlace place, Keeper keeper, Around around) {
    this.place = place;
    this.file = ProfileFile.secret(place.file());
    this.profile = new KeptProfile(place.profile());
    this.keeper = keeper;
    this.around = around;
    this.thread =
        Thread.ofPlatform().daemon().name("file-" + keeper.role().name()).unstarted(this::run);
  }

  /// Begins to keep it. Fails with [IllegalArgumentException] for a profile that is somebody
  /// else's, and with [IOException] for a file that cannot be read.
  static CredentialsFile start(ProfilePlace place, Keeper keeper, Around around)
      throws IOException {
    CredentialsFile started = new CredentialsFile(place, keeper, around);
    started.refuseForeign(started.file.read());
    started.thread.start();
    return started;
  }

  private void refuseForeign(ProfileText text) {
    if (!place.replace() && profile.foreign(text)) {
      throw new IllegalArgumentException(
          "%s has a profile `%s` that is not kept by daypass. Choose another name, or allow that it is replaced (credentials-replace)"
              .formatted(place.file(), place.profile()));
    }
  }

  /// There may be something to do.
  synchronized void wake() {
    notifyAll();
  }

  /// Whether the file has what it should have.
  synchronized boolean current() {
    return failures == 0 && written;
  }

  private void run() {
    try {
      while (due()) {
        settle();
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /// Waits for something to do; false once it is closed.
  private synchronized boolean due() throws InterruptedException {
    while (!closed) {
      long left = nextLook - System.nanoTime();
      boolean news = failures == 0 && !wanted(keeper.offer()).equals(settled);
      if (news || left <= 0) {
        return true;
      }
      wait(Math.min(LONGEST_SLEEP.toMillis(), left / 1_000_000 + 1));
    }
    return false;
  }

  /// What is to be in the file, in a word that differs when that does.
  private static String wanted(Offer offer) {
    return switch (offer) {
      case Offer.Good(var credentials, _) -> credentials.accessKeyId();
      case Offer.Revoked _ -> "nothing";
      case Offer.None _, Offer.Refused _ -> "what is good";
    };
  }

  private void settle() {
    Offer offer = keeper.offer();
    try {
      Optional<Done> done = write(offer);
      settled(offer);
      done.ifPresent(is -> tell(is, "[%s] in %s".formatted(place.profile(), place.file())));
    } catch (IOException | RuntimeException e) {
      failed();
      tell(Done.FAILED, String.valueOf(e instanceof IOException ? e : e.getMessage()));
    }
  }

  private synchronized void settled(Offer offer) {
    settled = wanted(offer);
    written = offer instanceof Offer.Good;
    failures = 0;
    nextLook = System.nanoTime() + LOOK_EVERY.toNanos();
  }

  private synchronized void failed() {
    failures++;
    double chance = around.chance().getAsDouble();
    nextLook =
        System.nanoTime() + RefreshPolicy.retryIn(failures, Optional.empty(), chance).toNanos();
  }

  private Optional<Done> write(Offer offer) throws IOException {
    boolean[] changed = new boolean[1];
    file.change(
        before -> {
          ProfileText after = asItShouldBe(before, offer);
          changed[0] = !after.text().equals(before.text());
          return after;
        });
    return Optional.of(offer instanceof Offer.Good ? Done.WRITTEN : Done.REMOVED)
        .filter(_ -> changed[0]);
  }

  /// What was put there before a restart is left until it expires.
  private ProfileText asItShouldBe(ProfileText text, Offer offer) {
    refuseForeign(text);
    return switch (offer) {
      case Offer.Good(var credentials, _) ->
          profile.with(text, credentials, around.clock().own(credentials.expiration()));
      case Offer.Revoked _ -> profile.without(text);
      case Offer.None _, Offer.Refused _ ->
          profile.whileGood(text, around.clock().own(around.clock().instant()));
    };
  }

  private void tell(Done done, String what) {
    try {
      around.watcher().filed(keeper.role().name(), done, what);
    } catch (RuntimeException _) {
      // There is nobody else to tell.
    }
  }

  /// What is in the file stays: it is good until it expires.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(LONGEST_SLEEP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
