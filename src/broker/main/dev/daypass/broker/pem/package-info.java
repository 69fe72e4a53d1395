/// PEM (RFC 7468), and the certificates in it.
@NullMarked
package dev.daypass.broker.pem;

import org.jspecify.annotations.NullMarked;
