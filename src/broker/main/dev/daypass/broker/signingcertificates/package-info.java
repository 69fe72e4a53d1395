/// Signing certificates: what users sign with, other than access keys.
@NullMarked
package dev.daypass.broker.signingcertificates;

import org.jspecify.annotations.NullMarked;
