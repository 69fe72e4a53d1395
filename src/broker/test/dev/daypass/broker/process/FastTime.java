package dev.daypass.broker.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Time that goes faster in processes under test than it does here, since STS has no sessions that
/// are shorter than a quarter of an hour. Nothing in what is shipped can be told to do that: the
/// classes that tell the time are rewritten, by an agent that is made here.
///
/// How long calls may take stays as it is, since networks and processors do not become faster.
final class FastTime implements AutoCloseable {
  private static final ClassDesc FAST_CLOCK = ClassDesc.of(FastClock.class.getName());
  private static final Set<String> TELLING =
      Set.of("currentTimeMillis()J", "currentInstant()Ljava/time/Instant;");
  private static final MethodTypeDesc LONG = MethodTypeDesc.of(ConstantDescs.CD_long);
  private static final MethodTypeDesc INSTANT =
      MethodTypeDesc.of(ClassDesc.of("java.time.Instant"));
  private static final MethodTypeDesc WAIT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_long);

  private static final Path COMMAND = Path.of("../cli/target/daypass.jar");

  private static final Duration TICK = Duration.ofMillis(5);

  /// Where a machine has more to do than it can, time goes slower rather than over it.
  private static final Duration LONGEST_TICK = Duration.ofMillis(50);

  private final Path folder;
  private final Path agent;
  private final List<ByteBuffer> computers = new CopyOnWriteArrayList<>();
  private final Thread ticking = new Thread(this::tick, "fast-time");
  private volatile int rate = 1;
  private volatile Duration gone = Duration.ZERO;

  /// @param folder where the agent is put, and the clocks
  FastTime(Path folder) throws IOException {
    this.folder = folder;
    this.agent = folder.resolve("fast-clock.jar");
    write();
    ticking.start();
  }

  /// A computer, with a clock of its own.
  final class Computer {
    private final Path file;
    private final ByteBuffer clock;

    Computer(String name) throws IOException {
      file = folder.resolve(name + ".clock");
      clock = FastClock.map(file);
      computers.add(clock);
    }

    /// Sets its clock.
    ///
    /// @param ahead of the time there is; negative for behind
    void set(Duration ahead) {
      FastClock.write(clock, FastClock.SKEW, ahead.toMillis());
    }

    /// What its programs are started with.
    Map<String, String> environment() {
      return Map.of("JAVA_TOOL_OPTIONS", "-javaagent:%s=%s".formatted(agent, file));
    }

    /// What those are told that are no Java.
    Path file() {
      return file;
    }
  }

  /// Has time go so many times faster from now on; as everywhere, with 1.
  void go(int times) {
    rate = times;
  }

  /// What time it is on the computers whose clock is right.
  Instant now() {
    return Instant.now().plus(gone);
  }

  /// Waits for a time of theirs.
  void await(Instant time) throws InterruptedException {
    while (now().isBefore(time)) {
      Thread.sleep(TICK);
    }
  }

  private void tick() {
    try {
      long last = System.nanoTime();
      while (true) {
        Thread.sleep(TICK);
        long now = System.nanoTime();
        long took = Math.min(now - last, LONGEST_TICK.toNanos());
        gone = gone.plusNanos(took * (rate - 1));
        computers.forEach(clock -> FastClock.write(clock, FastClock.GONE, gone.toMillis()));
        last = now;
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  @Override
  public void close() {
    ticking.interrupt();
  }

  private void write() throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", FastClock.class.getName());
    main.putValue("Can-Redefine-Classes", "true");
    main.putValue("Boot-Class-Path", agent.getFileName().toString());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest)) {
      for (Map.Entry<String, byte[]> entry : entries().entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    }
  }

  private static Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    for (String name : new String[] {"", "$Rewriting"}) {
      String file = FastClock.class.getName().replace('.', '/') + name + ".class";
      entries.put(file, read(FastTime.class.getClassLoader(), file));
    }
    ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    for (String name : FastClock.CLOCKS) {
      entries.put(FastClock.REWRITTEN + name.replace('.', '/'), rewritten(jdk, name, TELLING));
    }
    URL[] command = {COMMAND.toUri().toURL()};
    try (URLClassLoader ours = new URLClassLoader(command, jdk)) {
      for (var each : FastClock.OURS.entrySet()) {
        String name = each.getKey();
        entries.put(
            FastClock.REWRITTEN + name.replace('.', '/'),
            rewritten(ours, name, Set.of(each.getValue())));
      }
    }
    return entries;
  }

  /// Fails where there is nothing to rewrite: time would not go faster there.
  private static byte[] rewritten(ClassLoader loader, String name, Set<String> calls)
      throws IOException {
    byte[] former = read(loader, name.replace('.', '/') + ".class");
    ClassFile file =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    byte[] made =
        file.transformClass(
            file.parse(former),
            ClassTransform.transformingMethodBodies(
                (code, element) -> rewrite(code, element, calls)));
    if (!new String(made, StandardCharsets.ISO_8859_1).contains(FAST_CLOCK.displayName())) {
      throw new IllegalStateException("nothing to rewrite in " + name);
    }
    return made;
  }

  private static byte[] read(ClassLoader loader, String file) throws IOException {
    try (InputStream in = loader.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("there is no " + file);
      }
      return in.readAllBytes();
    }
  }

  /// Has what asks for the time, or waits for one, ask the fast clock.
  private static void rewrite(CodeBuilder code, CodeElement element, Set<String> calls) {
    String called =
        element instanceof InvokeInstruction call
            ? call.name().stringValue() + call.type().stringValue()
            : "";
    switch (calls.contains(called) ? called : "") {
      case "currentTimeMillis()J" -> code.invokestatic(FAST_CLOCK, "millis", LONG);
      case "nanoTime()J" -> code.invokestatic(FAST_CLOCK, "nanoTime", LONG);
      case "currentInstant()Ljava/time/Instant;" ->
          code.invokestatic(FAST_CLOCK, "instant", INSTANT);
      case "wait(J)V" -> code.invokestatic(FAST_CLOCK, "await", WAIT);
      default -> code.with(element);
    }
  }
}
