/// Services that stand behind a proxy, which asks the broker about each request.
@NullMarked
package dev.daypass.broker.proxies;

import org.jspecify.annotations.NullMarked;
