package dev.daypass.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/// What identity providers say about themselves, well or badly.
public final class Metadata {
  private Metadata() {}

  /// A certificate for tests: `signing`, `next`, `ec`; `weak` and `ed` have keys that are not
  /// taken.
  public static String certificate(String name) {
    try (var file = Metadata.class.getResourceAsStream("/saml/" + name + ".cer")) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A key as `KeyDescriptor` has it.
  ///
  /// @param attributes such as `use="signing"`
  public static String key(String attributes, String certificate) {
    return """
        <md:KeyDescriptor %s><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
        %s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
        """
        .formatted(attributes, certificate);
  }

  public static String document(String entityId) {
    return document(entityId, "", key("use=\"signing\"", certificate("signing")));
  }

  /// @param attributes more of the entity, such as `validUntil`
  public static String document(String entityId, String attributes, String keys) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- As identity providers publish it. -->
        <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"
            xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="%s" %s>
          <md:IDPSSODescriptor WantAuthnRequestsSigned="false"
              protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol \
        urn:oasis:names:tc:SAML:2.0:protocol">
            %s
            <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
                Location="https://idp.example.com/sso"/>
          </md:IDPSSODescriptor>
          <md:Organization><md:OrganizationName xml:lang="en">Example</md:OrganizationName>
          </md:Organization>
        </md:EntityDescriptor>
        """
        .formatted(entityId, attributes, keys);
  }

  /// A private key in PEM, made anew.
  public static String privateKey(int bits) {
    return pem("PRIVATE KEY", pkcs8("RSA", bits));
  }

  public static byte[] pkcs8(String algorithm, int bits) {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm);
      keys.initialize(bits);
      return keys.generateKeyPair().getPrivate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
  }
}
