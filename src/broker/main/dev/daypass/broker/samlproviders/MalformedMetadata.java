package dev.daypass.broker.samlproviders;

/// A document that is no metadata of an identity provider. The message says why not.
final class MalformedMetadata extends Exception {
  MalformedMetadata(String why) {
    super(why);
  }
}
