package dev.daypass.sidecar;

import dev.daypass.client.SignIn;
import java.util.Optional;
import java.util.function.Supplier;

/// The sign-in of whoever is at this computer, as it is now.
@FunctionalInterface
public interface SignIns extends Supplier<Optional<SignIn>> {}
