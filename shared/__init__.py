"""What every function shares: the values, the messages, the keys, and the way to the bucket and the queues."""
