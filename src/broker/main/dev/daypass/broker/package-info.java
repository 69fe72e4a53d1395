/// The broker: IAM and STS on AWS's own wire.
@NullMarked
package dev.daypass.broker;

import org.jspecify.annotations.NullMarked;
