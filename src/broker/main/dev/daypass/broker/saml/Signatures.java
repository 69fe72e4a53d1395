package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.Reference;
import org.apache.xml.security.signature.SignedInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.utils.Constants;
import org.w3c.dom.Element;

/// Checks XML signatures as SAML profiles them (SAML V2.0 Core §5.4): a signature is a child of
/// what it signs, refers to that by its ID and to nothing else, and transforms it in the two ways
/// that leave everything in it signed. Its key is one of the provider's metadata; what the
/// signature says about keys itself is not looked at.
final class Signatures {
  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  private static final Set<String> OF_RSA =
      Set.of(
          MORE + "rsa-sha256",
          MORE + "rsa-sha384",
          MORE + "rsa-sha512",
          "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
          "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
          "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1");
  private static final Set<String> OF_EC =
      Set.of(MORE + "ecdsa-sha256", MORE + "ecdsa-sha384", MORE + "ecdsa-sha512");
  private static final Set<String> DIGESTS =
      Set.of(
          "http://www.w3.org/2001/04/xmlenc#sha256",
          MORE + "sha384",
          "http://www.w3.org/2001/04/xmlenc#sha512");
  private static final Set<String> CANONICAL =
      Set.of(
          Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS,
          Canonicalizer.ALGO_ID_C14N_EXCL_WITH_COMMENTS);
  private static final int MOST_TRANSFORMS = 2;

  static {
    Init.init();
  }

  private Signatures() {}

  /// Whether the element is signed by one of these; false where it has no signature, and refused
  /// where it has one that is not right.
  static boolean signed(Element element, List<X509Certificate> certificates) {
    return Xml.child(element, Xml.SIGNATURE, Constants._TAG_SIGNATURE)
        .map(signature -> check(element, signature, certificates))
        .orElse(false);
  }

  private static boolean check(
      Element signed, Element signature, List<X509Certificate> certificates) {
    try {
      XMLSignature read = new XMLSignature(signature, "", true);
      checkForm(signed, read);
      for (X509Certificate certificate : certificates) {
        PublicKey key = certificate.getPublicKey();
        if (fits(key, read.getSignedInfo()) && read.checkSignatureValue(key)) {
          return true;
        }
      }
    } catch (XMLSecurityException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static void checkForm(Element signed, XMLSignature signature)
      throws XMLSecurityException {
    SignedInfo info = signature.getSignedInfo();
    String id = Xml.attribute(signed, "ID").orElse("");
    if (id.isEmpty() || info.getLength() != 1 || signature.getObjectLength() != 0) {
      throw invalid();
    }
    Reference reference = info.item(0);
    // INVARIANT: IDs are unique, so that what the reference finds is what is read.
    boolean refersToParent =
        reference.getURI().equals("#" + id)
            && signed.getOwnerDocument().getElementById(id) == signed;
    if (!refersToParent
        || !CANONICAL.contains(info.getCanonicalizationMethodURI())
        || !DIGESTS.contains(reference.getMessageDigestAlgorithm().getAlgorithmURI())
        || !leavesAllSigned(reference.getTransforms())) {
      throw invalid();
    }
  }

  private static boolean leavesAllSigned(Transforms transforms) throws XMLSecurityException {
    if (transforms == null || transforms.getLength() > MOST_TRANSFORMS) {
      return false;
    }
    for (int i = 0; i < transforms.getLength(); i++) {
      String transform = transforms.item(i).getURI();
      if (!transform.equals(Transforms.TRANSFORM_ENVELOPED_SIGNATURE)
          && !CANONICAL.contains(transform)) {
        return false;
      }
    }
    return true;
  }

  /// A key verifies what is signed by keys of its own kind, and nothing else.
  private static boolean fits(PublicKey key, SignedInfo info) {
    String algorithm = info.getSignatureMethodURI();
    return switch (key) {
      case RSAPublicKey _ -> OF_RSA.contains(algorithm);
      case ECPublicKey _ -> OF_EC.contains(algorithm);
      default -> false;
    };
  }

  private static RuntimeException invalid() {
    return INVALID_IDENTITY_TOKEN.error("Response signature invalid");
  }
}
