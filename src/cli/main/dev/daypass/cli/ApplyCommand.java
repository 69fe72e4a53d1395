package dev.daypass.cli;

import dev.daypass.desired.DesiredFiles;
import dev.daypass.desired.DesiredReader;
import dev.daypass.desired.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass apply`.
@Command(
    name = "apply",
    description = "Make the account's IAM what files say: all of it, or nothing.",
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Applying applying;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "PLACE",
      description = "A file, or a folder of .yaml, .yml and .json files.")
  private Path place;

  @Option(
      names = "--prune",
      description = "Delete what earlier applies made and the files do not name any more.")
  private boolean prune;

  @SuppressWarnings("NullAway.Init")
  ApplyCommand() {}

  @Override
  public Integer call() throws IOException {
    List<Document> documents = DesiredFiles.read(place);
    DesiredReader.read(documents);
    return applying.apply(
        Document.together(documents), prune, spec.commandLine().getOut(), Map.of());
  }
}
