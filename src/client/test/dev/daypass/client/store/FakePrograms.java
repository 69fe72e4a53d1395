package dev.daypass.client.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A folder of scripts that stand in for the programs of desktops. They write down how they were
/// called.
record FakePrograms(Path folder) {
  private static final String KEEPS =
      "kept() { echo \"%s/kept-$(printf %%s \"$1\" | tr -c a-z0-9 _)\"; }\n";

  FakePrograms {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Programs programs() {
    return new Programs(folder + ":/usr/bin:/bin");
  }

  void script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "#!/bin/sh\nprintf '%s\\n' \"$*\" >> '"
            + folder
            + "/calls'\n"
            + KEEPS.formatted(folder)
            + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /// All arguments that any of them was called with: what everyone on a machine can see.
  String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }

  void secretTool() throws IOException {
    script(
        "secret-tool",
        """
        verb=$1
        for last in "$@"; do :; done
        case $verb in
          store) cat > "$(kept "$last")" ;;
          lookup) test -f "$(kept "$last")" && cat "$(kept "$last")" ;;
          clear) rm "$(kept "$last")" 2> /dev/null ;;
        esac
        """);
  }

  void dockerCredential(String name) throws IOException {
    script(
        "docker-credential-" + name,
        """
        input=$(cat)
        case $1 in
          store)
            url=$(printf %s "$input" | sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/')
            printf %s "$input" > "$(kept "$url")" ;;
          get)
            test -f "$(kept "$input")" && cat "$(kept "$input")" && exit 0
            echo 'credentials not found in native keychain'; exit 1 ;;
          erase) rm "$(kept "$input")" 2> /dev/null && exit 0
            echo 'credentials not found in native keychain'; exit 1 ;;
        esac
        """);
  }

  void security() throws IOException {
    script(
        "security",
        """
        name() { while [ $# -gt 0 ]; do [ "$1" = -a ] && echo "$2" | tr -d '"'; shift; done; }
        case $1 in
          -i) read -r line
            url=$(name $line)
            printf %s "$line" | sed 's/.*-w "\\([^"]*\\)"$/\\1/' > "$(kept "$url")" ;;
          find-generic-password) url=$(name "$@")
            test -f "$(kept "$url")" || exit 44
            cat "$(kept "$url")"; echo ;;
          delete-generic-password) rm "$(kept "$(name "$@")")" 2> /dev/null || exit 44 ;;
        esac
        """);
  }
}
