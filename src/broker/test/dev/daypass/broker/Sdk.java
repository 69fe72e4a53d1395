package dev.daypass.broker;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// AWS's own client, for the administrator or whoever's key it is.
public final class Sdk {
  private Sdk() {}

  static IamClient iam(URI server) {
    return iam(server, Wire.Key.ADMIN);
  }

  static IamClient iam(URI server, Wire.Key key) {
    return client(IamClient.builder(), server, key);
  }

  /// A client of any service.
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, URI server, Wire.Key key) {
    return builder
        .endpointOverride(server)
        .region(Region.AWS_GLOBAL)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(StaticCredentialsProvider.create(credentials(key)))
        .build();
  }

  static StsClient sts(URI server, Wire.Key key) {
    return client(StsClient.builder(), server, key);
  }

  private static AwsCredentials credentials(Wire.Key key) {
    return key.token()
        .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.id(), key.secret(), token))
        .orElseGet(() -> AwsBasicCredentials.create(key.id(), key.secret()));
  }
}
