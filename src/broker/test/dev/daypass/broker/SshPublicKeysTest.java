package dev.daypass.broker;

import static dev.daypass.broker.Race.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.pem.Pem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.DuplicateSshPublicKeyException;
import software.amazon.awssdk.services.iam.model.EncodingType;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.InvalidPublicKeyException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.SSHPublicKey;
import software.amazon.awssdk.services.iam.model.SSHPublicKeyMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UnrecognizedPublicKeyEncodingException;

/// SSH public keys, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SshPublicKeysTest {
  /// A key and its fingerprint, as `ssh-keygen -l -E md5` prints it.
  private static final String KNOWN =
      "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCjoZxUt/fvYOag5iiTWfGidZxan8TkQqvIlGqeSa9g"
          + "5NL0MTCF5avHrHi6Hpi9cadUW0xFrB57ZpxHqKlGPzco6ROvVZcpX7TqwGxJ2lLtIcvQB258Pos2Z/sA"
          + "BawORH5wEydmXJ/BpcLxFqTaBbJHjR/OOA1xVXMW6o41h04F5NUcgGteN+hWWrhb7GortcYEENbjz32S"
          + "ti2Ha69ZfUGMH2IjTyOZs7NfxkUfNrDivsj68N0y769PctvAK4Mf+/nMQb5qKjbPnXUyUxKhydCpy7q/"
          + "Vjw3caNVMkRttmU9jmqLsR91v3AhX3qTdjdKGnt1KxePlN2VBziDnwpm6wy3 known@example.com";

  private static final String KNOWN_FINGERPRINT = "f0:61:7e:6b:fd:63:01:22:14:72:12:33:52:87:dd:32";

  private static RSAPublicKey rsa;

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeAll
  static void keys() throws Exception {
    rsa = (RSAPublicKey) TestCertificates.rsa(2048).getPublic();
  }

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private static byte[] blob(String name, BigInteger exponent, BigInteger modulus) {
    try {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      for (byte[] part :
          List.of(
              name.getBytes(StandardCharsets.US_ASCII),
              exponent.toByteArray(),
              modulus.toByteArray())) {
        out.writeInt(part.length);
        out.write(part);
      }
      return bytes.toByteArray();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] blob(RSAPublicKey key) {
    return blob("ssh-rsa", key.getPublicExponent(), key.getModulus());
  }

  private static String line(byte[] blob) {
    return "ssh-rsa " + Base64.getEncoder().encodeToString(blob);
  }

  /// A key nobody has: an odd number of 2048 bits is one for who only looks.
  private static String anyLine() {
    BigInteger modulus = new BigInteger(2048, new Random()).setBit(2047).setBit(0);
    return line(blob("ssh-rsa", BigInteger.valueOf(65537), modulus));
  }

  private SSHPublicKey upload(Person person, String body) {
    return iam.uploadSSHPublicKey(r -> r.userName(person.name()).sshPublicKeyBody(body))
        .sshPublicKey();
  }

  private SSHPublicKey get(Person person, String id, EncodingType encoding) {
    return iam.getSSHPublicKey(r -> r.userName(person.name()).sshPublicKeyId(id).encoding(encoding))
        .sshPublicKey();
  }

  private List<SSHPublicKeyMetadata> of(Person person) {
    return iam.listSSHPublicKeys(r -> r.userName(person.name())).sshPublicKeys();
  }

  @Test
  void a_key_is_uploaded_read_in_both_forms_put_aside_and_deleted() throws Exception {
    Person person = people.user();
    String body = line(blob(rsa)) + " jane@example.com";

    SSHPublicKey uploaded = upload(person, body);

    String id = uploaded.sshPublicKeyId();
    byte[] md5 = MessageDigest.getInstance("MD5").digest(blob(rsa));
    assertThat(id).matches("APKA[A-Z2-7]{17}");
    assertThat(uploaded.userName()).isEqualTo(person.name());
    assertThat(uploaded.status()).isEqualTo(StatusType.ACTIVE);
    assertThat(uploaded.sshPublicKeyBody()).isEqualTo(body);
    assertThat(uploaded.fingerprint()).isEqualTo(HexFormat.ofDelimiter(":").formatHex(md5));
    assertThat(get(person, id, EncodingType.SSH)).isEqualTo(uploaded);
    assertThat(get(person, id, EncodingType.PEM).sshPublicKeyBody())
        .isEqualTo(Pem.write("PUBLIC KEY", rsa.getEncoded()));
    iam.updateSSHPublicKey(
        r -> r.userName(person.name()).sshPublicKeyId(id).status(StatusType.INACTIVE));
    assertThat(of(person))
        .extracting(SSHPublicKeyMetadata::status)
        .containsExactly(StatusType.INACTIVE);
    iam.deleteSSHPublicKey(r -> r.userName(person.name()).sshPublicKeyId(id));
    assertThat(of(person)).isEmpty();
  }

  @Test
  void a_fingerprint_is_what_other_programs_print() {
    assertThat(upload(people.user(), KNOWN).fingerprint()).isEqualTo(KNOWN_FINGERPRINT);
  }

  @Test
  void a_key_in_pem_is_the_same_key() throws Exception {
    Person person = people.user();
    Person other = people.user();
    String pem = Pem.write("PUBLIC KEY", rsa.getEncoded());
    String pkcs1 =
        Pem.write(
            "RSA PUBLIC KEY",
            SubjectPublicKeyInfo.getInstance(rsa.getEncoded())
                .parsePublicKey()
                .toASN1Primitive()
                .getEncoded());

    SSHPublicKey uploaded = upload(person, pem);

    assertThat(uploaded.sshPublicKeyBody()).isEqualTo(pem);
    assertThat(get(person, uploaded.sshPublicKeyId(), EncodingType.SSH).sshPublicKeyBody())
        .isEqualTo(line(blob(rsa)));
    assertThat(upload(other, pkcs1).fingerprint()).isEqualTo(uploaded.fingerprint());
    for (String again : List.of(pem, pkcs1, line(blob(rsa)) + " again", line(blob(rsa)) + "\n")) {
      assertThatThrownBy(() -> upload(person, again))
          .isInstanceOf(DuplicateSshPublicKeyException.class);
    }
  }

  @Test
  void what_is_in_no_known_encoding() throws Exception {
    Person person = people.user();

    for (String body :
        List.of(
            "key",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzvfE",
            "ecdsa-sha2-nistp256 AAAA",
            "---- BEGIN SSH2 PUBLIC KEY ----",
            Pem.write("CERTIFICATE", TestCertificates.selfSigned().der()),
            Pem.write("RSA PRIVATE KEY", new byte[] {1, 2, 3}))) {
      assertThatThrownBy(() -> upload(person, body))
          .as(body)
          .isInstanceOf(UnrecognizedPublicKeyEncodingException.class);
    }
  }

  @Test
  void what_is_no_rsa_key_of_2048_bits() throws Exception {
    Person person = people.user();
    byte[] right = blob(rsa);
    RSAPublicKey small = (RSAPublicKey) TestCertificates.rsa(1024).getPublic();
    BigInteger e = rsa.getPublicExponent();
    BigInteger huge = BigInteger.ONE.shiftLeft(32_000).setBit(0);

    for (String body :
        List.of(
            "ssh-rsa",
            "ssh-rsa none",
            "ssh-rsa AAAA",
            line(right).replace(" ", "\n"),
            line(right) + "\nssh-rsa AAAA",
            line(right) + "!",
            line(Arrays.copyOf(right, right.length - 1)),
            line(Arrays.copyOf(right, right.length + 1)),
            line(blob("ssh-dss", e, rsa.getModulus())),
            line(blob("ssh-rsa", e, rsa.getModulus().negate())),
            line(blob("ssh-rsa", BigInteger.ZERO, rsa.getModulus())),
            line(blob("ssh-rsa", e, huge)),
            line(new byte[] {0x7f, -1, -1, -1, 1}),
            line(new byte[] {-1, -1, -1, -1, 1}),
            line(blob(small)),
            Pem.write("PUBLIC KEY", small.getEncoded()),
            Pem.write("PUBLIC KEY", TestCertificates.ec("secp256r1").getPublic().getEncoded()),
            Pem.write("RSA PUBLIC KEY", rsa.getEncoded()),
            Pem.write("PUBLIC KEY", rsa.getEncoded()) + "more")) {
      assertThatThrownBy(() -> upload(person, body))
          .as(body)
          .isInstanceOf(InvalidPublicKeyException.class);
    }
    assertThat(of(person)).isEmpty();
  }

  @Test
  void what_is_not_there_or_another_users_cannot_be_read_or_changed() {
    Person person = people.user();
    Person other = people.user();
    String id = upload(other, anyLine()).sshPublicKeyId();

    for (String action : List.of("GetSSHPublicKey", "UpdateSSHPublicKey", "DeleteSSHPublicKey")) {
      Reply reply =
          wire.iam(
              Key.ADMIN,
              action,
              "UserName",
              person.name(),
              "SSHPublicKeyId",
              id,
              "Encoding",
              "SSH",
              "Status",
              "Inactive");

      assertThat(reply.code()).as(action).isEqualTo("NoSuchEntity");
      assertThat(reply.message())
          .isEqualTo("The Public Key with id %s cannot be found.".formatted(id));
    }
    assertThatThrownBy(
            () ->
                iam.updateSSHPublicKey(
                    r -> r.userName(other.name()).sshPublicKeyId(id).status(StatusType.EXPIRED)))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> iam.listSSHPublicKeys(r -> r.userName("nobody-" + id)))
        .isInstanceOf(NoSuchEntityException.class);
    assertThat(of(other))
        .extracting(SSHPublicKeyMetadata::status)
        .containsExactly(StatusType.ACTIVE);
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "GetSSHPublicKey",
                    "UserName",
                    other.name(),
                    "SSHPublicKeyId",
                    id,
                    "Encoding",
                    "DER")
                .message())
        .endsWith("Member must satisfy enum value set: [SSH, PEM]");
  }

  @Test
  void lists_are_the_callers_own_without_a_name_and_page_by_page() {
    Person person = people.user();
    people.allow(
        person,
        "{\"Effect\": \"Allow\", \"Action\": \"iam:*SSHPublicKey*\", \"Resource\": \"%s\"}"
            .formatted(person.arn()));
    IamClient own = Sdk.iam(wire.server(), person.key());
    for (int i = 0; i < 3; i++) {
      own.uploadSSHPublicKey(r -> r.userName(person.name()).sshPublicKeyBody(anyLine()));
    }

    var first = own.listSSHPublicKeys(r -> r.maxItems(2));

    assertThat(first.sshPublicKeys()).hasSize(2);
    assertThat(own.listSSHPublicKeys(r -> r.marker(first.marker())).sshPublicKeys()).hasSize(1);
    assertThat(own.listSSHPublicKeysPaginator().sshPublicKeys()).hasSize(3);
  }

  @Test
  void a_user_with_one_is_not_deleted() {
    Person person = people.user();
    iam.deleteAccessKey(r -> r.userName(person.name()).accessKeyId(person.key().id()));
    String id = upload(person, anyLine()).sshPublicKeyId();

    assertThatThrownBy(() -> iam.deleteUser(r -> r.userName(person.name())))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("Cannot delete entity, must remove referenced objects first.");
    iam.deleteSSHPublicKey(r -> r.userName(person.name()).sshPublicKeyId(id));
    iam.deleteUser(r -> r.userName(person.name()));
  }

  private List<String> allAtOnce(Person person, List<String> bodies) {
    return atOnce(
        bodies.size(),
        i ->
            wire.iam(
                Key.ADMIN,
                "UploadSSHPublicKey",
                "UserName",
                person.name(),
                "SSHPublicKeyBody",
                bodies.get(i)));
  }

  @Test
  void five_fit_and_no_sixth() throws Exception {
    Person person = people.user();

    List<String> codes =
        allAtOnce(person, IntStream.range(0, 12).mapToObj(_ -> anyLine()).toList());

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(5);
    assertThat(Collections.frequency(codes, "LimitExceeded")).isEqualTo(7);
    assertThatThrownBy(() -> upload(person, anyLine()))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Cannot exceed quota for SSHPublicKeysPerUser: 5");
  }

  @Test
  void one_key_is_there_once_whoever_brings_it_at_once() throws Exception {
    Person person = people.user();

    List<String> codes = allAtOnce(person, Collections.nCopies(8, anyLine()));

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(1);
    assertThat(Collections.frequency(codes, "DuplicateSSHPublicKey")).isEqualTo(7);
  }
}
