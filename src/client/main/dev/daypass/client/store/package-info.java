/// Where secrets are kept on a person's machine: with the system's keyring or another program that
/// keeps secrets, else in an encrypted file, and in a plain one only when asked for by name.
@NullMarked
package dev.daypass.client.store;

import org.jspecify.annotations.NullMarked;
