package dev.daypass.broker.awslogin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.signin.CreateOAuth2Token.ClientId;

/// What the trail keeps of a tool and what it has.
final class Trailed {
  private Trailed() {}

  static ObjectNode of(ClientId client, String arn) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("client_id", client.toString())
        .put("resource", arn);
  }
}
