"""A network that is bad on demand: proxy.py PORT TARGET-PORT FILE, whose one word says how bad it is now."""

import asyncio
import pathlib
import random
import sys

port, target, file = int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])


async def pass_on(reader, writer, answers):
    while data := await reader.read(65536):
        network = file.read_text().strip()
        if network == "slow" and answers:
            await asyncio.sleep(0.2)
        elif network == "resets" and answers and random.random() < 0.05:
            return writer.transport.abort()
        elif network == "silent":
            continue
        elif network == "trickle":
            while data and file.read_text().strip() == "trickle":
                writer.write(data[:1])
                data = data[1:]
                await asyncio.sleep(1)
        writer.write(data)
        await writer.drain()


async def connect(reader, writer):
    try:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
    except OSError:
        return writer.transport.abort()
    both = pass_on(reader, far_writer, False), pass_on(far_reader, writer, True)
    tasks = [asyncio.create_task(one) for one in both]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for one in writer, far_writer:
        one.transport.abort()


async def serve():
    server = await asyncio.start_server(connect, "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(serve())
