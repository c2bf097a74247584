// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";

import {IBatchFlashBorrower} from "../../../contracts/lend/interfaces/IBatchFlashBorrower.sol";
import {ILiquidationCallback} from "../../../contracts/lend/interfaces/ILiquidationCallback.sol";
import {ITokenHook} from "../HostileToken.sol";

/// @notice An account that is a contract: does what it is told, and in every callback makes the calls that it was
/// programmed with and remembers how they ended.
contract LendActor is IERC3156FlashBorrower, IBatchFlashBorrower, ILiquidationCallback, ITokenHook {
    struct Call {
        address target;
        bytes data;
    }

    struct Attempt {
        bool success;
        bytes result;
    }

    bool public wrongAnswer;
    bool public mustSucceed;
    uint256 public callbacks;
    uint256 public lastFee;
    bytes public lastData;
    bool private _busy;
    Call[] private _program;
    Attempt[] private _attempts;

    error Failed(uint256 index, bytes reason);

    function setWrongAnswer(bool on) external {
        wrongAnswer = on;
    }

    /// @notice Has a failing programmed call revert the callback.
    function setMustSucceed(bool on) external {
        mustSucceed = on;
    }

    function program(address target, bytes calldata data) external {
        _program.push(Call(target, data));
    }

    function clear() external {
        delete _program;
        delete _attempts;
        callbacks = 0;
    }

    function attempts() external view returns (Attempt[] memory) {
        return _attempts;
    }

    function execute(address target, bytes calldata data) external returns (bytes memory) {
        (bool success, bytes memory result) = target.call(data);
        if (!success) {
            assembly {
                revert(add(result, 0x20), mload(result))
            }
        }
        return result;
    }

    function onFlashLoan(address, address, uint256, uint256 fee, bytes calldata data) external returns (bytes32) {
        (lastFee, lastData) = (fee, data);
        _run();
        return wrongAnswer ? bytes32(0) : keccak256("ERC3156FlashBorrower.onFlashLoan");
    }

    function onBatchFlashLoan(
        address,
        address[] calldata,
        uint256[] calldata,
        uint256[] calldata,
        bytes calldata data
    ) external returns (bytes4) {
        lastData = data;
        _run();
        return wrongAnswer ? bytes4(0) : IBatchFlashBorrower.onBatchFlashLoan.selector;
    }

    function onLiquidation(uint256, uint256, uint256, uint256, bytes calldata data) external returns (bytes4) {
        lastData = data;
        _run();
        return wrongAnswer ? bytes4(0) : ILiquidationCallback.onLiquidation.selector;
    }

    function onTokenMoved(address, address, uint256) external {
        _run();
    }

    function _run() private {
        ++callbacks;
        if (_busy) return;
        _busy = true;
        for (uint256 i; i < _program.length; ++i) {
            (bool success, bytes memory result) = _program[i].target.call(_program[i].data);
            if (!success && mustSucceed) revert Failed(i, result);
            _attempts.push(Attempt(success, result));
        }
        _busy = false;
    }
}
