package dev.daypass.broker;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// AWS's own client, for the administrator or whoever's key it is.
final class Sdk {
  private Sdk() {}

  static IamClient iam(URI server) {
    return iam(server, Wire.Key.ADMIN);
  }

  static IamClient iam(URI server, Wire.Key key) {
    return IamClient.builder()
        .endpointOverride(server)
        .region(Region.AWS_GLOBAL)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(StaticCredentialsProvider.create(credentials(key)))
        .build();
  }

  static StsClient sts(URI server, Wire.Key key) {
    return StsClient.builder()
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(StaticCredentialsProvider.create(credentials(key)))
        .build();
  }

  private static AwsCredentials credentials(Wire.Key key) {
    return key.token().isPresent()
        ? AwsSessionCredentials.create(key.id(), key.secret(), key.token().get())
        : AwsBasicCredentials.create(key.id(), key.secret());
  }
}
