package dev.daypass.broker;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.daypass.broker.Wire.Key;
import dev.daypass.wire.Base32;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/// Users, devices and roles for tests, made over the wire as anyone would.
public final class People {
  static final String ACCOUNT = TestServers.ACCOUNT;

  private final Wire wire;

  public People(Wire wire) {
    this.wire = wire;
  }

  /// A user with an access key.
  public record Person(String name, Key key) {
    public String arn() {
      return "arn:aws:iam::" + ACCOUNT + ":user/" + name;
    }
  }

  public Person user() {
    String name = "u-" + UUID.randomUUID();
    ok(wire.iam(Key.ADMIN, "CreateUser", "UserName", name));
    Wire.Reply key = ok(wire.iam(Key.ADMIN, "CreateAccessKey", "UserName", name));
    return new Person(
        name, new Key(key.text("AccessKeyId"), key.text("SecretAccessKey"), Optional.empty()));
  }

  void changePassword(Person person, String password) {
    ok(wire.iam(Key.ADMIN, "UpdateLoginProfile", "UserName", person.name(), "Password", password));
  }

  void allow(Person person, String statement) {
    ok(
        wire.iam(
            Key.ADMIN,
            "PutUserPolicy",
            "UserName",
            person.name(),
            "PolicyName",
            "p-" + UUID.randomUUID(),
            "PolicyDocument",
            document(statement)));
  }

  /// A role that trusts as `statement` says, and may do everything in IAM.
  String role(String trustStatement) {
    return role(trustStatement, "3600");
  }

  String role(String trustStatement, String longestSession) {
    String name = "r-" + UUID.randomUUID();
    ok(
        wire.iam(
            Key.ADMIN,
            "CreateRole",
            "RoleName",
            name,
            "MaxSessionDuration",
            longestSession,
            "AssumeRolePolicyDocument",
            document(trustStatement)));
    ok(
        wire.iam(
            Key.ADMIN,
            "AttachRolePolicy",
            "RoleName",
            name,
            "PolicyArn",
            "arn:aws:iam::aws:policy/IAMFullAccess"));
    return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
  }

  static String trusting(Person person) {
    return """
    {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}
    """
        .formatted(person.arn());
  }

  public static String document(String statement) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}";
  }

  /// A device enrolled for a person.
  Device device(Person person) {
    String name = "d-" + UUID.randomUUID();
    Wire.Reply created =
        ok(wire.iam(Key.ADMIN, "CreateVirtualMFADevice", "VirtualMFADeviceName", name));
    Device device =
        new Device(
            created.text("SerialNumber"),
            new String(Base64.getDecoder().decode(created.text("Base32StringSeed"))));
    ok(
        wire.iam(
            Key.ADMIN,
            "EnableMFADevice",
            "UserName",
            person.name(),
            "SerialNumber",
            device.serialNumber(),
            "AuthenticationCode1",
            device.codeAt(-1),
            "AuthenticationCode2",
            device.codeAt(0)));
    return device;
  }

  /// An authenticator app.
  public record Device(String serialNumber, String seed) {
    /// The code of a step, counted from now.
    public String codeAt(long step) {
      return codeAt(new TestClock().instant().plus(Duration.ofSeconds(30 * step)));
    }

    private String codeAt(Instant at) {
      try {
        return new TimeBasedOneTimePasswordGenerator()
            .generateOneTimePasswordString(
                new SecretKeySpec(Base32.decode(seed), "RAW"), at, Locale.ROOT);
      } catch (InvalidKeyException e) {
        throw new IllegalStateException(e);
      }
    }

    /// A code that was certainly not used yet: the clock is put forward for it.
    String freshCode() {
      TestClock.forward(Duration.ofSeconds(60));
      return codeAt(0);
    }
  }

  public static Wire.Reply ok(Wire.Reply reply) {
    if (!reply.code().equals("OK")) {
      throw new AssertionError(reply.status() + " " + reply.body());
    }
    return reply;
  }
}
