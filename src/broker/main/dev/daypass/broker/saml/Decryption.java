package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import dev.daypass.wire.Secret;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Opens encrypted assertions (SAML V2.0 Core §2.3.4): an AES key that is encrypted with RSA-OAEP
/// to one of the provider's keys, beside the data or within it.
final class Decryption {
  private static final String XMLENC = "http://www.w3.org/2001/04/xmlenc#";
  private static final Set<String> KEYS = Set.of(XMLCipher.RSA_OAEP, XMLCipher.RSA_OAEP_11);
  private static final Set<String> AUTHENTICATED =
      Set.of(XMLCipher.AES_128_GCM, XMLCipher.AES_192_GCM, XMLCipher.AES_256_GCM);

  /// Whoever can change what is encrypted so learns what is in it by the answers, unless nobody
  /// can: for responses that are signed as a whole.
  private static final Set<String> UNAUTHENTICATED =
      Set.of(XMLCipher.AES_128, XMLCipher.AES_192, XMLCipher.AES_256);

  static {
    Init.init();
  }

  private Decryption() {}

  /// Puts the assertion in the place of what was encrypted.
  ///
  /// @param keys PKCS #8, each is tried
  /// @param signed whether the whole response is signed, and was checked
  static void open(Element encrypted, List<Secret> keys, boolean signed) {
    Document document = encrypted.getOwnerDocument();
    Element data =
        Xml.child(encrypted, XMLENC, "EncryptedData").orElseThrow(Decryption::undecipherable);
    for (Secret key : keys) {
      Optional<byte[]> opened = open(document, encrypted, data, key, signed);
      if (opened.isPresent()) {
        Element assertion = Xml.parse(opened.get()).getDocumentElement();
        encrypted.getParentNode().replaceChild(document.importNode(assertion, true), encrypted);
        return;
      }
    }
    throw undecipherable();
  }

  /// Whatever goes wrong looks the same.
  private static Optional<byte[]> open(
      Document document, Element encrypted, Element data, Secret key, boolean signed) {
    try {
      XMLCipher reader = XMLCipher.getInstance();
      reader.init(XMLCipher.DECRYPT_MODE, null);
      EncryptedData read = reader.loadEncryptedData(document, data);
      String algorithm = read.getEncryptionMethod().getAlgorithm();
      if (!AUTHENTICATED.contains(algorithm) && !(signed && UNAUTHENTICATED.contains(algorithm))) {
        return Optional.empty();
      }
      Key secret = unwrap(document, encrypted, algorithm, key);
      XMLCipher cipher = XMLCipher.getInstance(algorithm);
      cipher.init(XMLCipher.DECRYPT_MODE, secret);
      return Optional.of(cipher.decryptToByteArray(data));
    } catch (XMLSecurityException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Key unwrap(Document document, Element encrypted, String algorithm, Secret key)
      throws XMLSecurityException, GeneralSecurityException {
    Element wrapped = encryptedKey(encrypted);
    Key privateKey =
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.reveal()));
    XMLCipher cipher = XMLCipher.getInstance();
    cipher.init(XMLCipher.UNWRAP_MODE, privateKey);
    EncryptedKey read = cipher.loadEncryptedKey(document, wrapped);
    if (!KEYS.contains(read.getEncryptionMethod().getAlgorithm())) {
      throw new GeneralSecurityException("not RSA-OAEP");
    }
    return cipher.decryptKey(read, algorithm);
  }

  private static Element encryptedKey(Element encrypted) throws GeneralSecurityException {
    List<Element> found =
        Xml.all(encrypted.getOwnerDocument(), XMLENC, "EncryptedKey").stream().toList();
    if (found.size() != 1) {
      throw new GeneralSecurityException("not one encrypted key");
    }
    return found.getFirst();
  }

  private static RuntimeException undecipherable() {
    return INVALID_IDENTITY_TOKEN.error("The encrypted assertion could not be decrypted.");
  }
}
