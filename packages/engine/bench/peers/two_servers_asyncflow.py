"""A scenario file in AsyncFlow: python two_servers_asyncflow.py SCENARIO SIMULATED_SECONDS. It cannot be seeded."""

import json
import sys
import time

import simpy
import yaml
from asyncflow.runtime.simulation_runner import SimulationRunner
from asyncflow.schemas.payload import SimulationPayload


def main(scenario, simulated_s):
    with open(scenario, encoding="utf-8") as file:
        data = yaml.safe_load(file)
    data["sim_settings"]["total_simulation_time"] = simulated_s
    runner = SimulationRunner(env=simpy.Environment(), simulation_input=SimulationPayload.model_validate(data))
    started = time.perf_counter()
    results = runner.run()
    latency = {str(getattr(key, "value", key)): float(value) for key, value in results.get_latency_stats().items()}
    seconds = time.perf_counter() - started
    # Requests that came back: AsyncFlow does not tell how many it generated.
    completed = int(latency["total_requests"])
    print(json.dumps({"requests": completed, "seconds": seconds, "mean_sojourn_s": latency["mean"]}))


main(sys.argv[1], int(sys.argv[2]))
