/// The actors that run controllers: one host per controller and partition, one child per object.
@NullMarked
package dev.troupe.runtime.controller;

import org.jspecify.annotations.NullMarked;
