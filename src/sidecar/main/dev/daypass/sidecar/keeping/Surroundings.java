package dev.daypass.sidecar.keeping;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.SecurityTokenService.Standing;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/// What every keeper needs.
///
/// @param standing asks the broker whether it still takes credentials
/// @param standingEvery how often it is asked
/// @param chance numbers from 0 to 1
public record Surroundings(
    Function<Credentials, Standing> standing,
    BrokerClock clock,
    DoubleSupplier chance,
    Duration standingEvery,
    Watcher watcher) {}
