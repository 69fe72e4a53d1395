/// Programs that know something, asked for it.
@org.jspecify.annotations.NullMarked
package dev.daypass.client.programs;
