/// From a plan to mutations: what is written, whether it differs, and under which key.
@NullMarked
package dev.troupe.runtime.controller.plan;

import org.jspecify.annotations.NullMarked;
