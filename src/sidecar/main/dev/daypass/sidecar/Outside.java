package dev.daypass.sidecar;

import java.io.PrintStream;
import java.time.InstantSource;

/// What a sidecar has from its surroundings.
///
/// @param version of this program
/// @param log where its log goes, line by line
/// @param quiet whether only what went wrong is logged
public record Outside(
    InstantSource clock, SignIns signIns, PrintStream log, boolean quiet, String version) {}
