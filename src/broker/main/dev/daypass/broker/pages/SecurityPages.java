package dev.daypass.broker.pages;

import static dev.daypass.wire.ErrorCode.INVALID_AUTHENTICATION_CODE;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.mfa.Authenticators;
import dev.daypass.broker.mfa.Device;
import dev.daypass.broker.mfa.RecoveryCodes;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.DeviceShown;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.passkeys.PasskeyActions;
import dev.daypass.broker.passkeys.PasskeyBodies;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.iam.DeviceMessages.DeactivateMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeleteVirtualMFADevice;
import dev.daypass.wire.iam.DeviceName;
import dev.daypass.wire.iam.SerialNumber;
import dev.daypass.wire.iam.UserName;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;

/// A person's own devices: what there are, another one, one less.
@Singleton
final class SecurityPages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REFUSED = 400;
  static final String SECURITY = "/security";
  static final String NOT_TWO_CODES =
      "These are not two codes one after the other. Wait for the next two.";

  private final Pages pages;
  private final Authenticators authenticators;
  private final RecoveryCodes recoveryCodes;
  private final PasskeyActions passkeys;
  private final Road road;

  SecurityPages(
      Pages pages,
      Authenticators authenticators,
      RecoveryCodes recoveryCodes,
      PasskeyActions passkeys,
      Road road) {
    this.pages = pages;
    this.authenticators = authenticators;
    this.recoveryCodes = recoveryCodes;
    this.passkeys = passkeys;
    this.road = road;
  }

  private Uni<Outcome> changed(Visit visit, BiFunction<Visit, Caller, Uni<Outcome>> change) {
    return pages.forForm(visit, SECURITY, caller -> change.apply(visit, caller));
  }

  Uni<Outcome> show(Visit visit) {
    return pages.forVisitor(visit, SECURITY, caller -> shown(visit, caller, Optional.empty()));
  }

  private Uni<Outcome> shown(Visit visit, Caller caller, Optional<Problem> problem) {
    return Uni.combine()
        .all()
        .unis(authenticators.of(caller), recoveryCodes.left(caller))
        // One after the other: they share what they read with.
        .usingConcurrencyOf(1)
        .asTuple()
        .map(
            found ->
                Pages.shown(
                    problem.isPresent() ? REFUSED : 200,
                    Templates.security(
                        Pages.name(caller),
                        visit.csrf(),
                        found.getItem1().stream().map(SecurityPages::shown).toList(),
                        found.getItem2(),
                        problem)));
  }

  private static DeviceShown shown(Device device) {
    String serial = device.serialNumber();
    return new DeviceShown(
        serial,
        serial.substring(serial.lastIndexOf('/') + 1),
        device.virtual() ? "Authenticator app" : "Passkey",
        device.enabledAt().map(Times::day).orElse(""));
  }

  private Uni<Outcome> told(Visit visit, Caller caller, Uni<Outcome> change) {
    return Pages.told(change, problem -> shown(visit, caller, Optional.of(problem)));
  }

  /// Shows a new seed.
  Uni<Outcome> beginAuthenticator(Visit visit) {
    return changed(
        visit,
        (v, caller) ->
            told(
                v,
                caller,
                authenticators
                    .begin(caller)
                    .map(begun -> authenticator(v, caller, begun, Optional.empty()))));
  }

  private static Outcome authenticator(
      Visit visit, Caller caller, Authenticators.Begun begun, Optional<Problem> problem) {
    String seed = begun.seed().revealText();
    return Pages.shown(
        problem.isPresent() ? REFUSED : 200,
        Templates.authenticator(
            Pages.name(caller),
            visit.csrf(),
            seed,
            visit.sealed(seed),
            typed(seed),
            Base64.getEncoder().encodeToString(begun.qrCode()),
            problem));
  }

  /// As people type it.
  static String typed(String seed) {
    return seed.replaceAll("(.{4})", "$1 ").strip();
  }

  /// The seed must be one of ours: the form says so by what only this sign-in could have been told.
  Uni<Outcome> addAuthenticator(Visit visit) {
    return changed(
        visit,
        (v, caller) -> {
          Parameters form = v.form();
          String seed = Visit.one(form, "seed");
          if (!v.isSealed(seed, Visit.one(form, "seal"))) {
            return Uni.createFrom().item(Pages.refused());
          }
          Optional<AuthenticationCode> first = code(Visit.one(form, "first"));
          Optional<AuthenticationCode> second = code(Visit.one(form, "second"));
          Problem wrong = new Problem(NOT_TWO_CODES, Optional.of("first"));
          if (first.isEmpty() || second.isEmpty()) {
            return Uni.createFrom().item(again(v, caller, seed, wrong));
          }
          return told(
              v,
              caller,
              authenticators
                  .enrol(caller, Secret.of(seed), first.get(), second.get())
                  .map(_ -> Pages.sent(SECURITY))
                  .onFailure(
                      failure ->
                          failure instanceof ApiError refusal
                              && refusal.code() == INVALID_AUTHENTICATION_CODE)
                  .recoverWithItem(() -> again(v, caller, seed, wrong)));
        });
  }

  private static Outcome again(Visit visit, Caller caller, String seed, Problem problem) {
    return authenticator(
        visit, caller, Authenticators.begun(caller, Secret.of(seed)), Optional.of(problem));
  }

  static Optional<AuthenticationCode> code(String text) {
    try {
      return Optional.of(new AuthenticationCode(Secret.of(text.replace(" ", ""))));
    } catch (ConstraintViolation _) {
      return Optional.empty();
    }
  }

  /// Shows new recovery codes, once.
  Uni<Outcome> renewRecoveryCodes(Visit visit) {
    return changed(
        visit,
        (v, caller) ->
            told(
                v,
                caller,
                recoveryCodes
                    .renew(caller)
                    .map(
                        codes ->
                            Pages.shown(
                                Templates.recoveryCodes(
                                    Pages.name(caller),
                                    v.csrf(),
                                    codes.stream().map(Secret::revealText).toList())))));
  }

  /// Shows what a new passkey is to be.
  Uni<Outcome> beginPasskey(Visit visit) {
    return changed(
        visit,
        (v, caller) ->
            told(
                v,
                caller,
                passkeys
                    .begin(caller)
                    .map(
                        begun ->
                            Pages.shown(
                                Templates.newPasskey(
                                    Pages.name(caller),
                                    v.csrf(),
                                    begun.transaction(),
                                    json(begun.publicKey()))))));
  }

  private static String json(Object options) {
    try {
      return JSON.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record can be written", e);
    }
  }

  Uni<Outcome> addPasskey(Visit visit) {
    return changed(
        visit,
        (v, caller) -> {
          Parameters form = v.form();
          return told(
              v,
              caller,
              Uni.createFrom()
                  .deferred(
                      () ->
                          passkeys.enrol(
                              caller,
                              deviceName(Visit.one(form, "label")),
                              Visit.one(form, "transaction"),
                              PasskeyBodies.attestation(credential(Visit.one(form, "credential")))))
                  .map(_ -> Pages.sent(SECURITY)));
        });
  }

  private static DeviceName deviceName(String text) {
    try {
      return new DeviceName(text);
    } catch (ConstraintViolation _) {
      throw VALIDATION_ERROR.error("A name has letters, digits and +=,.@-_ only.");
    }
  }

  private static PasskeyBodies.Credential credential(String json) {
    try {
      return JSON.readValue(json, PasskeyBodies.Credential.class);
    } catch (JsonProcessingException _) {
      throw VALIDATION_ERROR.error("The passkey's answer cannot be read.");
    }
  }

  /// Takes a device away, and with it every sign-in: the actions of IAM, on the person's own
  /// account, with what these take.
  Uni<Outcome> remove(Visit visit) {
    return changed(
        visit,
        (v, caller) -> {
          String serial = Visit.one(v.form(), "device");
          return told(
              v,
              caller,
              authenticators
                  .of(caller)
                  .map(
                      own ->
                          own.stream()
                              .filter(device -> device.serialNumber().equals(serial))
                              .findFirst()
                              .orElseThrow(
                                  () -> VALIDATION_ERROR.error("There is no such device.")))
                  .chain(device -> remove(caller, device))
                  .replaceWith(() -> Pages.signedOut(SignInPages.SIGN_IN)));
        });
  }

  private Uni<Void> remove(Caller caller, Device device) {
    SerialNumber serial = new SerialNumber(device.serialNumber());
    Uni<?> deactivated =
        road.take(
            caller, new DeactivateMFADevice(Optional.of(new UserName(Pages.name(caller))), serial));
    return device.virtual()
        ? deactivated
            .chain(() -> road.take(caller, new DeleteVirtualMFADevice(serial)))
            .replaceWithVoid()
        : deactivated.replaceWithVoid();
  }
}
