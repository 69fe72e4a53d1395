package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The settings there are: one list, drawn from the configuration's interfaces and what they say of
/// themselves. `make settings` writes it anew.
class SettingsTest {
  static final Path NAMES = Path.of("resources/dev/daypass/broker").resolve(UnknownSettings.LIST);
  private static final Path PAGE = Path.of("../../docs/settings.md");

  private record Setting(String variable, String property, String says, Optional<String> usual) {
    String row() {
      return "| `%s` | `%s` | %s | %s |"
          .formatted(variable, property, says, usual.map("`%s`"::formatted).orElse(""));
    }
  }

  /// The variable of a property: `*` is what operators choose.
  static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
  }

  private static Map<String, Setting> settings() throws IOException {
    Map<String, Setting> settings = new TreeMap<>();
    for (Setting is :
        List.of(
            new Setting(
                "DAYPASS_HOST",
                "quarkus.http.host",
                "Where it listens: an address of this computer.",
                Optional.of("127.0.0.1")),
            new Setting(
                "DAYPASS_PORT", "quarkus.http.port", "At which port.", Optional.of("8080")))) {
      settings.put(is.variable(), is);
    }
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.daypass.broker")) {
      if (type.isAnnotatedWith(ConfigMapping.class)) {
        Class<?> mapping = type.reflect();
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        String source =
            Files.readString(Path.of("main", type.getName().replace('.', '/') + ".java"));
        of(mapping, prefix, source).forEach(is -> settings.put(is.variable(), is));
        assertThat(settings).as("settings of " + mapping).containsKeys(variables(mapping));
      }
    }
    return settings;
  }

  private static String[] variables(Class<?> mapping) {
    return ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream()
        // The same list, item by item.
        .filter(property -> !property.endsWith("[*]"))
        .map(SettingsTest::variable)
        .toArray(String[]::new);
  }

  private static List<Setting> of(Class<?> type, String prefix, String source) {
    List<Setting> settings = new ArrayList<>();
    for (Method method :
        Arrays.stream(type.getDeclaredMethods())
            .sorted(Comparator.comparing(Method::getName))
            .toList()) {
      String property =
          method.isAnnotationPresent(WithParentName.class)
              ? prefix
              : prefix + "." + kebab(method.getName());
      Type given = method.getGenericReturnType();
      if (given instanceof ParameterizedType map && map.getRawType() == Map.class) {
        settings.addAll(of((Class<?>) map.getActualTypeArguments()[1], property + ".*", source));
      } else if (given instanceof Class<?> group
          && group.isInterface()
          && group.getEnclosingClass() != null) {
        settings.addAll(of(group, property, source));
      } else {
        settings.add(
            new Setting(variable(property), property, said(type, method, source), usual(method)));
      }
    }
    return settings;
  }

  private static Optional<String> usual(Method method) {
    return Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /// What the interface says above the method.
  private static String said(Class<?> type, Method method, String source) {
    Matcher found =
        Pattern.compile(
                "((?:[ ]*///[^\\n]*\\n)+)(?:[ ]*@[^\\n]*\\n)*[ ]*[\\w<>, ]+ "
                    + method.getName()
                    + "\\(\\);")
            .matcher(source);
    int from = Math.max(0, source.indexOf("interface " + type.getSimpleName()));
    assertThat(found.find(from)).as("a comment on " + method).isTrue();
    return found
        .group(1)
        .lines()
        .map(line -> line.strip().substring(3).strip())
        .collect(Collectors.joining(" "))
        .replace("|", "\\|");
  }

  private static String page(Map<String, Setting> settings) {
    return settings.values().stream()
        .map(Setting::row)
        .collect(
            Collectors.joining(
                "\n",
                """
                # Settings

                Every setting of the broker is a variable, a property in `config/application.properties` beside where it is started, or an option
                (`-D` and the property, before `-jar`); an option wins over a variable, a variable over the file. `*` is a name that you choose; in a file
                it keeps its letters, in a variable it is in capitals. A variable that begins with `DAYPASS_` and is not here stops the start, and so does a
                property that begins with `daypass.`.

                PostgreSQL and Redis, TLS and logging are Quarkus' own: `QUARKUS_DATASOURCE_REACTIVE_URL`, `QUARKUS_DATASOURCE_USERNAME`,
                `QUARKUS_DATASOURCE_PASSWORD`, `QUARKUS_REDIS_HOSTS`, `QUARKUS_LOG_LEVEL` and [what else there is](https://quarkus.io/guides/all-config).

                TLS by the broker itself, with a certificate that is read again every hour, and no plain HTTP beside it:

                ```sh
                export QUARKUS_HTTP_SSL_CERTIFICATE_FILES=/etc/daypass/tls.crt QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES=/etc/daypass/tls.key
                export QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD=1h QUARKUS_HTTP_SSL_PORT=8443 QUARKUS_HTTP_INSECURE_REQUESTS=disabled
                export DAYPASS_HOST=0.0.0.0 DAYPASS_PUBLIC_URL=https://daypass.example.com:8443
                ```

                Where clients must show a certificate as well (mutual TLS): `DAYPASS_CLIENT_CERTIFICATES=required`, and
                `QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILES` with the authorities' certificates.

                Behind a proxy that ends TLS, say `DAYPASS_PLAIN_HTTP=behind-tls`, and name its network in `DAYPASS_TRUSTED_PROXIES`: until then
                `aws:SecureTransport` is false and `aws:SourceIp` is the proxy's.

                A broker that others than its own computer can reach does not start with plain HTTP that was not declared, with the administrator's key of AWS's
                documentation, or with a database elsewhere and no sealing key that was chosen. What of this a start would say, without starting it:

                ```console
                $ java -jar quarkus-run.jar config check
                The settings are in order.
                ```

                | variable | property | what it says | where it says nothing |
                |---|---|---|---|
                """,
                "\n"));
  }

  @Test
  void every_interface_is_read_by_the_check_of_settings() {
    List<Class<?>> mappings = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.daypass.broker")) {
      if (type.isAnnotatedWith(ConfigMapping.class)) {
        mappings.add(type.reflect());
      }
    }

    assertThat(ConfigCheck.MAPPINGS).containsExactlyInAnyOrderElementsOf(mappings);
  }

  @Test
  void the_page_of_settings_and_the_names_that_count_are_those_of_the_code() throws IOException {
    Map<String, Setting> settings = settings();
    String names = String.join("\n", settings.keySet()) + "\n";
    if (Boolean.getBoolean("daypass.write-settings")) {
      Files.createDirectories(NAMES.getParent());
      Files.writeString(NAMES, names);
      Files.writeString(PAGE, page(settings));
    }
    assertThat(Files.readString(NAMES)).as("`make settings` writes it").isEqualTo(names);
    assertThat(Files.readString(PAGE)).as("`make settings` writes it").isEqualTo(page(settings));
  }

  @Test
  void what_looks_like_a_setting_and_is_none_is_found() {
    assertThat(
            UnknownSettings.among(
                List.of(
                    "DAYPASS_PROT",
                    "DAYPASS_WEB_IDENTITY_ISSUERS_CLUSTER_URI",
                    "DAYPASS_",
                    "DAYPASS_PORT_80_TCP")))
        .containsExactly(
            "DAYPASS_",
            "DAYPASS_PORT_80_TCP",
            "DAYPASS_PROT",
            "DAYPASS_WEB_IDENTITY_ISSUERS_CLUSTER_URI");
  }

  @Test
  void settings_and_what_is_others_are_not() {
    assertThat(
            UnknownSettings.among(
                List.of(
                    "DAYPASS_PORT",
                    "DAYPASS_PUBLIC_URL",
                    "DAYPASS_WEB_IDENTITY_ISSUERS_CLUSTER_URL",
                    "DAYPASS_PROXIED_ORDERS_UNSIGNED_PAYLOAD",
                    "DAYPASS_SERVER",
                    "MY_DAYPASS_PROT",
                    "PATH")))
        .isEmpty();
  }
}
