package dev.daypass.broker;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

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
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
        .build();
  }
}
