/// Service-specific credentials: passwords and API keys of users, each for one service.
@NullMarked
package dev.daypass.broker.servicecredentials;

import org.jspecify.annotations.NullMarked;
