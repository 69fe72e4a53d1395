/// How a person gets in first, or again after everything was lost: by a link, to a password and a
/// device.
@NullMarked
package dev.daypass.broker.enrolment;

import org.jspecify.annotations.NullMarked;
