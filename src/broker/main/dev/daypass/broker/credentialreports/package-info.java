/// The credential report: every user of an account, and how old and how used their credentials are.
@NullMarked
package dev.daypass.broker.credentialreports;

import org.jspecify.annotations.NullMarked;
