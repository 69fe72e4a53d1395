package dev.daypass.broker.calls;

import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.outboundfederation.WebIdentityTokenActions;
import dev.daypass.broker.simulation.EvaluationActions;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.EvaluateAccess;
import dev.daypass.wire.daypass.ExchangeToken;
import jakarta.inject.Singleton;
import java.util.List;

/// What `/oauth/token` and `/access/v1` do.
@Singleton
final class TokenCatalogue implements CatalogueSection {
  private final WebIdentityTokenActions tokens;
  private final EvaluationActions evaluations;

  TokenCatalogue(WebIdentityTokenActions tokens, EvaluationActions evaluations) {
    this.tokens = tokens;
    this.evaluations = evaluations;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        // The handler asks about each subject.
        new Action<>(
            Service.DAYPASS,
            EvaluateAccess.class,
            false,
            new Permission.Handler<>(),
            evaluations::evaluate),
        // The handler needs the caller's policies for the scope, too.
        new Action<>(
            Service.DAYPASS,
            ExchangeToken.class,
            false,
            new Permission.Handler<>(),
            tokens::exchange));
  }
}
