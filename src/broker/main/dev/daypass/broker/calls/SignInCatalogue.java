package dev.daypass.broker.calls;

import dev.daypass.broker.awslogin.LoginTokenActions;
import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.wire.Service;
import dev.daypass.wire.signin.TokenMessages.IntrospectOAuth2TokenWithIAM;
import dev.daypass.wire.signin.TokenMessages.RevokeOAuth2TokenWithIAM;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of AWS Sign-In that are signed. Each asks the policies itself: one's own logins need
/// no permission, and whoever may not look at a token is told that there is none.
@Singleton
final class SignInCatalogue implements CatalogueSection {
  private final LoginTokenActions tokens;

  SignInCatalogue(LoginTokenActions tokens) {
    this.tokens = tokens;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        new Action<>(
            Service.SIGNIN,
            IntrospectOAuth2TokenWithIAM.class,
            false,
            new Permission.Handler<>(),
            tokens::introspect),
        new Action<>(
            Service.SIGNIN,
            RevokeOAuth2TokenWithIAM.class,
            true,
            new Permission.Handler<>(),
            tokens::revoke));
  }
}
