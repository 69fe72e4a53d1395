package dev.daypass.sidecar.files;

import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.Fetched;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Status;
import dev.daypass.sidecar.keeping.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// The files of all roles that have one.
public final class CredentialsFiles implements Watcher, AutoCloseable {
  private static final String NOT_WRITTEN = "CredentialsFileNotWritten";

  private final CredentialsFile.Around around;
  private final Map<String, CredentialsFile> files = new ConcurrentHashMap<>();

  /// @param chance numbers from 0 to 1
  public CredentialsFiles(BrokerClock clock, DoubleSupplier chance, FileWatcher watcher) {
    this.around = new CredentialsFile.Around(clock, chance, watcher);
  }

  /// Keeps a role's credentials there. Fails with [IllegalArgumentException] for a profile that is
  /// somebody else's, and with [IOException] for a file that cannot be read.
  public void keep(ProfilePlace place, Keeper keeper) throws IOException {
    files.put(keeper.role().name(), CredentialsFile.start(place, keeper, around));
  }

  @Override
  public void fetched(String role, Fetched outcome, Duration took) {
    wake(role);
  }

  @Override
  public void revoked(String role) {
    wake(role);
  }

  private void wake(String role) {
    Optional.ofNullable(files.get(role)).ifPresent(CredentialsFile::wake);
  }

  /// How a role stands for who reads its file: it has nothing as long as that is not written.
  public Status seen(String role, Status status) {
    CredentialsFile file = files.get(role);
    boolean lacking = file != null && status.expiration().isPresent() && !file.current();
    return lacking ? status.without(NOT_WRITTEN) : status;
  }

  @Override
  public void close() {
    files.values().forEach(CredentialsFile::close);
  }
}
