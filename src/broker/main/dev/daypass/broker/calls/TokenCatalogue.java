package dev.daypass.broker.calls;

import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.outboundfederation.WebIdentityTokenActions;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.ExchangeToken;
import jakarta.inject.Singleton;
import java.util.List;

/// What `/oauth/token` does.
@Singleton
final class TokenCatalogue implements CatalogueSection {
  private final WebIdentityTokenActions tokens;

  TokenCatalogue(WebIdentityTokenActions tokens) {
    this.tokens = tokens;
  }

  @Override
  public List<Action<?, ?>> actions() {
    // The handler needs the caller's policies for the scope, too.
    return List.of(
        new Action<>(
            Service.DAYPASS,
            ExchangeToken.class,
            false,
            new Permission.Handler<>(),
            tokens::exchange));
  }
}
