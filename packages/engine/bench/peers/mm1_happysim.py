"""M/M/1 at rho .9 in happy-simulator, from its own parts: python mm1_happysim.py CUSTOMERS SEED."""

import json
import random
import sys
import time

import numpy
from happysimulator import Instant, Server, Simulation, Sink, Source
from happysimulator.distributions import ExponentialLatency

ARRIVALS_PER_S, SERVED_PER_S = 90.0, 100.0


def main(customers, seed):
    random.seed(seed)
    numpy.random.seed(seed)
    sink = Sink()
    server = Server("server", service_time=ExponentialLatency(1 / SERVED_PER_S), downstream=sink)
    source = Source.poisson(rate=ARRIVALS_PER_S, target=server)
    end = Instant.from_seconds(customers / ARRIVALS_PER_S)
    simulation = Simulation(sources=[source], entities=[server, sink], end_time=end)
    started = time.perf_counter()
    simulation.run()
    seconds = time.perf_counter() - started
    served = sink.events_received
    print(json.dumps({"requests": served, "seconds": seconds, "mean_sojourn_s": sink.average_latency()}))


main(int(sys.argv[1]), int(sys.argv[2]))
