package dev.daypass.broker;

import dev.daypass.broker.audit.AuditConfig;
import dev.daypass.broker.auditsinks.SinkConfig;
import dev.daypass.broker.bootstrap.BootstrapConfig;
import dev.daypass.broker.exposure.ExposureConfig;
import dev.daypass.broker.exposure.UnsafeSettings;
import dev.daypass.broker.proxies.ProxiedConfig;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.publicurl.PublicUrlConfig;
import dev.daypass.broker.requests.TrustedProxiesConfig;
import dev.daypass.broker.sealing.SealingConfig;
import dev.daypass.broker.signin.SignInConfig;
import dev.daypass.broker.signing.KeySchedule;
import dev.daypass.broker.upstream.UpstreamConfig;
import dev.daypass.broker.webidentity.WebIdentityConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Whether the settings that there are can be read, and put nobody in danger. Nothing is started
/// and nobody is asked for it; every start does the same first. What a part of the broker demands
/// of its own settings beyond that, its start says.
final class ConfigCheck {
  private static final int REFUSED = 1;
  private static final int USAGE = 2;

  /// Every interface that settings are read by.
  static final List<Class<?>> MAPPINGS =
      List.of(
          AuditConfig.class,
          BootstrapConfig.class,
          ExposureConfig.class,
          KeySchedule.class,
          ProxiedConfig.class,
          PublicUrlConfig.class,
          SealingConfig.class,
          SignInConfig.class,
          SinkConfig.class,
          TrustedProxiesConfig.class,
          UpstreamConfig.class,
          WebIdentityConfig.class);

  private ConfigCheck() {}

  /// `config check`. Returns the exit code.
  static int run(String... arguments) {
    if (arguments.length != 1 || !arguments[0].equals("check")) {
      System.err.println("Usage: config check");
      return USAGE;
    }
    boolean inOrder = inOrder();
    if (inOrder) {
      System.out.println("The settings are in order.");
    }
    return inOrder ? 0 : REFUSED;
  }

  /// Says on standard error what is wrong with the settings; whether that is nothing.
  static boolean inOrder() {
    List<String> problems = problems();
    problems.forEach(problem -> System.err.println("daypass: " + problem));
    return problems.isEmpty();
  }

  private static List<String> problems() {
    List<String> problems = new ArrayList<>();
    List<String> unknown = UnknownSettings.among(System.getenv().keySet());
    if (!unknown.isEmpty()) {
      problems.add(
          "no settings of the broker: %s. docs/settings.md has those there are."
              .formatted(String.join(", ", unknown)));
    }
    Config config = ConfigProvider.getConfig();
    List<String> unread = unread(config);
    problems.addAll(unread);
    if (unread.isEmpty()) {
      problems.addAll(
          UnsafeSettings.among(property -> config.getOptionalValue(property, String.class)));
    }
    return problems;
  }

  /// What is missing, is no value of its kind, or is no setting at all.
  private static List<String> unread(Config config) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withSources((ClassLoader _) -> config.getConfigSources());
    MAPPINGS.forEach(builder::withMapping);
    try {
      SmallRyeConfig read = builder.build();
      new PublicUrl(read.getConfigMapping(PublicUrlConfig.class));
      return List.of();
    } catch (ConfigValidationException e) {
      return IntStream.range(0, e.getProblemCount())
          .mapToObj(i -> e.getProblem(i).getMessage().replaceFirst("^[a-zA-Z.]+Exception: ", ""))
          .toList();
    } catch (IllegalStateException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
