/// Under which URL the installation is known.
@NullMarked
package dev.daypass.broker.publicurl;

import org.jspecify.annotations.NullMarked;
