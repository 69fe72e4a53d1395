/// Server certificates: what an account's servers show, kept and listed as AWS does.
@NullMarked
package dev.daypass.broker.servercertificates;

import org.jspecify.annotations.NullMarked;
