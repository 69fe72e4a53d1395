package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// People who look after the account on pages, for tests.
final class AdminDesk {
  static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

  private final Wire wire;
  private final People people;
  private final Browser browser;

  AdminDesk(int port) {
    wire = new Wire(port);
    people = new People(wire);
    browser = new Browser(port);
  }

  Wire wire() {
    return wire;
  }

  People people() {
    return people;
  }

  Browser browser() {
    return browser;
  }

  /// Somebody with a password who may do everything.
  Person administrator() {
    return allowed("*");
  }

  /// Somebody with a password who may do this.
  Person allowed(String... actions) {
    Person person = new Keyholders(wire).withPassword();
    people.allow(
        person,
        "{\"Effect\": \"Allow\", \"Action\": [\"%s\"], \"Resource\": \"*\"}"
            .formatted(String.join("\", \"", actions)));
    return person;
  }

  /// With a password alone.
  Page typed(Person person) {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in", person.name(), Keyholders.PASSWORD);
  }

  /// With a second factor.
  void signIn(Person person) {
    Device device = people.device(person);
    Page done = browser.submit(typed(person), "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
  }

  /// Where a form has led.
  Page follow(Page page) {
    assertThat(page.status()).as(page.body()).isEqualTo(303);
    return browser.get(page.location());
  }

  Page user(Person person) {
    return browser.get("/admin/user?name=" + person.name());
  }

  /// A form of somebody else's page.
  Page forged(String action) {
    return browser.post(
        action,
        Map.of("csrf", "x", "name", "x", "arn", READ_ONLY, "id", "dr-0123456789ABCDEF"),
        Map.of("Sec-Fetch-Site", "same-origin"));
  }

  String group() {
    String name = "g-" + UUID.randomUUID();
    People.ok(wire.iam(Key.ADMIN, "CreateGroup", "GroupName", name));
    return name;
  }

  /// The ARN of a new managed policy.
  String policy(String statement) {
    return People.ok(
            wire.iam(
                Key.ADMIN,
                "CreatePolicy",
                "PolicyName",
                "p-" + UUID.randomUUID(),
                "PolicyDocument",
                People.document(statement)))
        .text("Arn");
  }
}
