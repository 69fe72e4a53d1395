package dev.daypass.client.store;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A file that its owner can read, and whoever else can read the owner's files: backups, other
/// programs, whoever finds the disk. For those who have said that they want it.
public final class InsecureFile implements SecretStore {
  static final String ID = "insecure-file";
  private static final String FILE = "secrets.json";

  private final PrivateFiles files;

  InsecureFile(PrivateFiles files) {
    this.files = files;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String place() {
    return "in plain text in " + files.path(FILE);
  }

  @Override
  public Optional<Secret> find(String name) {
    return files.guarded(
        () -> Optional.ofNullable(all().get(name)).map(value -> Secret.of(value.toString())));
  }

  @Override
  public void keep(String name, Secret secret) {
    change(all -> all.put(name, secret.revealText()));
  }

  @Override
  public void forget(String name) {
    change(all -> all.remove(name));
  }

  private interface Change {
    void of(Map<String, Object> all);
  }

  private void change(Change change) {
    files.locked(
        () -> {
          Map<String, Object> all = all();
          change.of(all);
          files.writeText(FILE, JSON.std.asString(all));
          return all;
        });
  }

  private Map<String, Object> all() throws IOException {
    Optional<String> text = files.text(FILE);
    return text.isEmpty() ? new TreeMap<>() : new TreeMap<>(JSON.std.mapFrom(text.get()));
  }
}
