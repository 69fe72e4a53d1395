package dev.daypass.desired;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files that say what an account is to look like: one, or all `.yaml`, `.yml` and `.json` in a
/// folder and the folders in it, but none whose name begins with a dot.
public final class DesiredFiles {
  private static final long LARGEST = 1 << 20;
  private static final int DEEPEST = 8;
  private static final int MOST = 1000;

  private DesiredFiles() {}

  /// Fails with [Malformed].
  public static List<Document> read(Path place) {
    List<Document> documents = new ArrayList<>();
    for (Path file : files(place)) {
      documents.addAll(Document.parse(file.toString(), text(file)));
    }
    return documents;
  }

  private static List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> all = Files.walk(place.resolve("."), DEEPEST)) {
      List<Path> files =
          all.map(Path::normalize)
              .filter(file -> meant(place.normalize().relativize(file)))
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MOST + 1L)
              .toList();
      if (files.isEmpty() || files.size() > MOST) {
        throw new Malformed(place.toString(), "there must be 1 to " + MOST + " files here");
      }
      return files;
    } catch (IOException | java.io.UncheckedIOException _) {
      throw new Malformed(place.toString(), "this cannot be read");
    }
  }

  private static boolean meant(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return file.toString().matches("(?i).+\\.(yaml|yml|json)");
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Malformed(file.toString(), "this is larger than a megabyte");
      }
      return Files.readString(file);
    } catch (CharacterCodingException _) {
      throw new Malformed(file.toString(), "this is not UTF-8 text");
    } catch (IOException _) {
      throw new Malformed(file.toString(), "this cannot be read");
    }
  }
}
