/// Outbound federation: whether an account's principals get tokens for services outside.
@NullMarked
package dev.daypass.broker.outboundfederation;

import org.jspecify.annotations.NullMarked;
