/// All that an account's permissions are made of, for backups and analysers.
@NullMarked
package dev.daypass.broker.authorizationdetails;

import org.jspecify.annotations.NullMarked;
