package dev.daypass.broker.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.ProtectionDomain;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// The clock of a process under test, as its `java.lang.instrument` agent: an hour of it goes by in
/// two minutes. It needs nothing but the JDK, and is seen from everywhere in the process, since
/// [FastTime] has the JDK's own classes ask it.
public final class FastClock {
  /// Those of the JDK that tell the time of day.
  static final Set<String> CLOCKS =
      Set.of(
          "java.time.Clock$SystemClock",
          "java.time.Clock$SystemInstantSource",
          "java.time.Instant",
          "java.util.Date");

  /// Those of ours that wait for a time of day, or reckon with it by other means, and how.
  static final Map<String, String> OURS =
      Map.of(
          "dev.daypass.sidecar.keeping.Keeper", "wait(J)V",
          "dev.daypass.client.sources.BrokerClock", "nanoTime()J");

  /// Where what [FastTime] made of them is.
  static final String REWRITTEN = "rewritten/";

  /// What is in the file of a computer, in milliseconds: how much time has gone by beyond that
  /// which really has, and how much its clock is ahead.
  static final int GONE = 0;

  static final int SKEW = Long.BYTES;
  static final int LENGTH = 2 * Long.BYTES;

  /// How often what waits for a time of day looks at the clock.
  private static final long LOOK_EVERY_MILLIS = 10;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static ByteBuffer computer;

  private FastClock() {}

  /// Takes the place of the clocks in this process.
  ///
  /// @param file the computer's
  public static void premain(String file, Instrumentation instrumentation)
      throws IOException, ClassNotFoundException, UnmodifiableClassException {
    computer = map(Path.of(file));
    // java.base reads no other module, and is to call this class.
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(FastClock.class.getModule()),
        Map.of(),
        Map.of(),
        Set.of(),
        Map.of());
    for (String name : CLOCKS) {
      instrumentation.redefineClasses(new ClassDefinition(Class.forName(name), rewritten(name)));
    }
    instrumentation.addTransformer(new Rewriting());
  }

  /// The file of a computer, which all of its processes see.
  static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
    }
  }

  /// What [FastTime] made of a class.
  private static byte[] rewritten(String name) throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream(REWRITTEN + name.replace('.', '/'))) {
      return in.readAllBytes();
    }
  }

  private static final class Rewriting implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      try {
        return name != null && OURS.containsKey(name.replace('/', '.')) ? rewritten(name) : null;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Writes to a computer's file.
  static void write(ByteBuffer computer, int what, long millis) {
    LONGS.setVolatile(computer, what, millis);
  }

  private static long read(int what) {
    return (long) LONGS.getVolatile(computer, what);
  }

  /// The time, whatever the clock of this computer shows.
  public static long actual() {
    return System.currentTimeMillis() + read(GONE);
  }

  /// In place of [System#currentTimeMillis].
  public static long millis() {
    return actual() + read(SKEW);
  }

  /// In place of the clock behind [Instant#now].
  public static Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /// In place of [System#nanoTime], where it is about the time of day.
  public static long nanoTime() {
    return System.nanoTime() + read(GONE) * 1_000_000;
  }

  /// In place of [Object#wait(long)], where it is until a time of day, and looked at again.
  public static void await(Object monitor, long millis) throws InterruptedException {
    monitor.wait(Math.min(millis, LOOK_EVERY_MILLIS));
  }
}
